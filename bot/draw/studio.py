"""Where pictures are drawn: a few processes, and a memory of what they drew."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from hashlib import blake2b
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Final, Self, TypeVar

from bot.draw.card import Card
from bot.draw.drawing_process import cut_in_process, draw_in_process, warm_process
from bot.draw.fingerprint import fingerprint
from bot.draw.kept_bytes import KeptBytes
from bot.draw.shared_jobs import SharedJobs
from bot.draw.worker import Worker

__all__ = ["Studio"]

T = TypeVar("T")
# A sheet's digest, its columns, and the size of a cell in px.
_Source = tuple[bytes, int, int]

_MIB: Final = 1024 * 1024
# Remembered for a cell that holds no sprite.
_NO_SPRITE: Final = b""


class Studio:
    """Draws cards in processes of its own and never blocks its caller.

    The renderer holds the GIL, so threads would neither be faster nor leave an event loop its time. Every
    method that returns a future returns at once; with asyncio, ``await asyncio.wrap_future(...)``. Each
    caller has a future of its own: cancelling it takes the picture from nobody else. A picture that was
    drawn is not drawn again while it is remembered, and equal ones at the same time are drawn once.

    A process that dies, or takes longer than ``deadline_s`` over a job, is replaced and the job tried once
    more; then its future fails with :class:`bot.draw.worker.WorkerLostError`. More than ``most_waiting``
    different jobs at a time fail with :class:`bot.draw.shared_jobs.StudioBusyError`.

    Nothing is started before the first job or :meth:`warm_up`. Close it, or use it as a context manager.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        picture_bytes: int = 64 * _MIB,
        sprite_bytes: int = 16 * _MIB,
        most_waiting: int = 64,
        deadline_s: float = 20.0,
    ) -> None:
        self._workers = [Worker() for _ in range(workers)]
        # First in, first out, so that as many jobs as there are workers reach each of them.
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._jobs = SharedJobs(threads=workers, most_waiting=most_waiting)
        self._pictures = KeptBytes(picture_bytes)
        self._sprites = KeptBytes(sprite_bytes)
        self._deadline_s = deadline_s
        self._drawn = 0
        self._counting = Lock()

    @property
    def drawn(self) -> int:
        """How many pictures a process has drawn: those that were not remembered."""
        return self._drawn

    @property
    def replaced(self) -> int:
        """How many processes died and were replaced."""
        return sum(worker.replaced for worker in self._workers)

    def warm_up(self) -> list[Future[None]]:
        """Start every process and let it draw a first picture; a future for each.

        They fail with :class:`bot.draw.fonts.FontMissingError` where a font package is missing.
        """
        return [self._jobs.ask(("warm", number), self._warm) for number in range(len(self._workers))]

    def draw(self, card: Card) -> Future[bytes]:
        """Return the card as a PNG file; the same object for the same content, while it is remembered."""
        key = ("draw", fingerprint(card))
        known = self._pictures.get(key)
        return _done(known) if known is not None else self._jobs.ask(key, lambda: self._draw(key, card))

    def cut(
        self, sheet: bytes, *, columns: int, size_px: int, indices: Sequence[int]
    ) -> Future[tuple[bytes | None, ...]]:
        """Cut sprites as :func:`bot.draw.sprites.cut_sprites` does; only those not cut before are worked on."""
        source = (blake2b(sheet, digest_size=16).digest(), columns, size_px)
        wanted = tuple(indices)
        known = [self._sprites.get((source, index)) for index in wanted]
        if None not in known:
            return _done(tuple(sprite or None for sprite in known))
        return self._jobs.ask(("cut", source, wanted), lambda: self._cut(sheet, source, wanted))

    def forget(self) -> None:
        """Forget every picture, and what the processes remember of the words in them. It blocks.

        The processes end after what they are drawing; the next picture starts new ones.
        """
        for worker in self._workers:
            worker.close()
        self._pictures.clear()

    def close(self) -> None:
        """Finish the pictures being drawn, fail those that wait, and end the processes. It blocks."""
        self._jobs.close()
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _warm(self) -> None:
        with self._worker() as worker:
            worker.run(warm_process, self._deadline_s)

    def _draw(self, key: tuple[str, bytes], card: Card) -> bytes:
        # It may have been drawn between the look at the memory and this job.
        known = self._pictures.get(key)
        if known is not None:
            return known
        with self._worker() as worker:
            png = worker.run(draw_in_process, card, self._deadline_s)
        with self._counting:
            self._drawn += 1
        self._pictures.put(key, png)
        return png

    def _cut(self, sheet: bytes, source: _Source, wanted: Sequence[int]) -> tuple[bytes | None, ...]:
        known = {index: self._sprites.get((source, index)) for index in wanted}
        missing = [index for index, sprite in known.items() if sprite is None]
        with self._worker() as worker:
            _, columns, size_px = source
            cut = worker.run(cut_in_process, sheet, columns, size_px, missing, self._deadline_s)
        for index, sprite in zip(missing, cut, strict=True):
            known[index] = sprite or _NO_SPRITE
            self._sprites.put((source, index), sprite or _NO_SPRITE)
        return tuple(known[index] or None for index in wanted)

    @contextmanager
    def _worker(self) -> Generator[Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)


def _done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future
