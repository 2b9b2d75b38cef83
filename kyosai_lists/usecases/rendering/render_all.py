"""A run's workbooks from whoever makes them: some portions are always under way, never all of them in memory."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from kyosai_lists.ahead import one_ahead
from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.rendering.failure import Failure
from kyosai_lists.usecases.rendering.portion import Portion, RenderedBook
from kyosai_lists.usecases.rendering.render import Answer, Job, begun, completed, rendered
from kyosai_lists.usecases.rendering.workers import Workers


def render_all(workers: Workers, job: Job, portions: Iterable[Portion]) -> Iterator[RenderedBook]:
    """Every workbook of the portions, in the order in which they are finished.

    No portion is tried a second time: a process that died most likely had too little memory, and would die again. (A Dask
    scheduler gives a lost worker's portion to another one by itself.)

    Raises:
        ExportError: a worker died or has gone silent, or a finished workbook does not hold the rows it should.
        OSError: a file could not be written.
        BugInWorker: something unexpected.
    """
    return _here(job, portions) if workers.executor is None else _by(workers, workers.executor, job, portions)


def _here(job: Job, portions: Iterable[Portion]) -> Iterator[RenderedBook]:
    """The next portion is begun, and the people after it are put in order, while this one is completed."""
    for portion in one_ahead(begun(job, portion) for portion in portions):
        yield from _books(completed(portion))


def _by(workers: Workers, executor: Executor, job: Job, portions: Iterable[Portion]) -> Iterator[RenderedBook]:
    under_way: set[Future[Answer]] = set()
    for portion in portions:
        under_way.add(_submitted(executor, job, portion))
        # One in hand for each worker, so that none waits for this process.
        if len(under_way) >= 2 * workers.number:
            yield from _finished(workers, under_way)
    while under_way:
        yield from _finished(workers, under_way)


def _submitted(executor: Executor, job: Job, portion: Portion) -> Future[Answer]:
    try:
        return executor.submit(rendered, job, portion)
    except Exception as error:  # `rendered` raises nothing: whatever comes is the executor's
        raise _lost() from error


def _finished(workers: Workers, under_way: set[Future[Answer]]) -> Iterator[RenderedBook]:
    """What is finished next; it is under way no longer."""
    done, _ = wait(under_way, workers.patience, FIRST_COMPLETED)
    if not done:
        raise _lost()
    for future in done:
        under_way.remove(future)
        yield from _books(_answer(future))


def _answer(future: Future[Answer]) -> Answer:
    try:
        return future.result()
    except Exception as error:  # as above
        raise _lost() from error


def _books(answer: Answer) -> tuple[RenderedBook, ...]:
    if isinstance(answer, Failure):
        raise answer.error()
    return answer


def _lost() -> ExportError:
    return ExportError(
        "名簿を作っていたプロセスが、途中で止まりました(メモリー不足か、外から止められました)。",
        "--workers 1 を付けるか、Dask のワーカーを確かめて、もう一度実行してください。",
        "ファイルは作っていません。前からあるファイルはそのままです。",
    )
