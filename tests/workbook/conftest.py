import pytest
from workbook_samples import TEMPLATE_PATH

from kyosai_lists.workbook.template import CallListTemplate


@pytest.fixture(scope="session")
def template() -> CallListTemplate:
    return CallListTemplate.load(TEMPLATE_PATH)
