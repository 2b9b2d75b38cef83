"""A run's workbooks from whoever makes them: some portions are always under way, never all of them in memory."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.rendering.failure import Failure
from kyosai_lists.usecases.rendering.portion import Portion, RenderedBook
from kyosai_lists.usecases.rendering.render import Job, rendered
from kyosai_lists.usecases.rendering.workers import Workers

_Answer = tuple[RenderedBook, ...] | Failure


def render_all(workers: Workers, job: Job, portions: Iterable[Portion]) -> Iterator[RenderedBook]:
    """Every workbook of the portions, in the order in which they are finished.

    No portion is tried a second time: a process that died most likely had too little memory, and would die again. (A Dask
    scheduler gives a lost worker's portion to another one by itself.)

    Raises:
        ExportError: a worker died or has gone silent, or a finished workbook does not hold the rows it should.
        OSError: a file could not be written.
        BugInWorker: something unexpected.
    """
    under_way: set[Future[_Answer]] = set()
    for portion in portions:
        under_way.add(_submitted(workers, job, portion))
        # One in hand for each worker, so that none waits for this process.
        if len(under_way) >= 2 * workers.number:
            yield from _finished(workers, under_way)
    while under_way:
        yield from _finished(workers, under_way)


def _submitted(workers: Workers, job: Job, portion: Portion) -> Future[_Answer]:
    try:
        return workers.executor.submit(rendered, job, portion)
    except Exception as error:  # `rendered` raises nothing: whatever comes is the executor's
        raise _lost() from error


def _finished(workers: Workers, under_way: set[Future[_Answer]]) -> Iterator[RenderedBook]:
    """What is finished next; it is under way no longer."""
    done, _ = wait(under_way, workers.patience, FIRST_COMPLETED)
    if not done:
        raise _lost()
    for future in done:
        under_way.remove(future)
        yield from _answer(future)


def _answer(future: Future[_Answer]) -> tuple[RenderedBook, ...]:
    try:
        answer = future.result()
    except Exception as error:  # as above
        raise _lost() from error
    if isinstance(answer, Failure):
        raise answer.error()
    return answer


def _lost() -> ExportError:
    return ExportError(
        "名簿を作っていたプロセスが、途中で止まりました(メモリー不足か、外から止められました)。",
        "--workers 1 を付けるか、Dask のワーカーを確かめて、もう一度実行してください。",
        "ファイルは作っていません。前からあるファイルはそのままです。",
    )
