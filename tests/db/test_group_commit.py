"""Writing in groups: everybody gets their own result, whatever happens to the others."""

import asyncio

import pytest

from db import LogError
from db.group_commit import GroupCommit


class Disk:
    """Writes numbers, doubled; refuses negative ones, and everything while it is away."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.away = False
        self.open = asyncio.Event()
        self.open.set()

    async def write(self, numbers: list[int]) -> list[int]:
        """All or nothing."""
        self.batches.append(numbers)
        await self.open.wait()
        await asyncio.sleep(0)
        if self.away:
            raise OSError("no such disk")
        if min(numbers) < 0:
            raise ValueError("negative")
        return [number * 2 for number in numbers]


@pytest.fixture
async def disk() -> Disk:
    """A disk that works."""
    return Disk()


@pytest.fixture
async def commits(disk: Disk) -> GroupCommit[int, int]:
    """In front of it; a ValueError is one number's own fault."""
    return GroupCommit(disk.write, lambda error: isinstance(error, ValueError))


async def all_of(commits: GroupCommit[int, int], *numbers: int) -> list[int | BaseException]:
    """What each of those who add at the same time gets."""
    return await asyncio.gather(*map(commits.add, numbers), return_exceptions=True)


async def test_what_arrives_together_is_written_together(commits: GroupCommit[int, int], disk: Disk) -> None:
    """And everybody gets their own."""
    assert await all_of(commits, 1, 2, 3) == [2, 4, 6]
    assert await commits.add(4) == 8
    assert disk.batches == [[1, 2, 3], [4]]


async def test_a_bad_row_does_not_take_the_others_with_it(commits: GroupCommit[int, int]) -> None:
    """Only its own adder learns of it."""
    first, second, third = await all_of(commits, 1, -2, 3)
    assert (first, third) == (2, 6)
    assert isinstance(second, ValueError)


async def test_a_bad_disk_is_tried_once_a_batch(commits: GroupCommit[int, int], disk: Disk) -> None:
    """Trying every row would take as many times as long."""
    disk.away = True
    assert [str(each) for each in await all_of(commits, 1, 2, 3)] == ["no such disk"] * 3
    assert disk.batches == [[1, 2, 3]]
    disk.away = False
    assert await commits.add(4) == 8


async def test_a_cancelled_adder_harms_nobody(commits: GroupCommit[int, int], disk: Disk) -> None:
    """Neither one whose batch is being written nor one that still waits."""
    disk.open.clear()
    early = [asyncio.create_task(commits.add(number)) for number in (1, 2)]
    await asyncio.sleep(0.01)
    late = [asyncio.create_task(commits.add(number)) for number in (3, 4)]
    await asyncio.sleep(0.01)
    early[0].cancel()
    late[0].cancel()
    await asyncio.sleep(0.01)
    disk.open.set()
    assert (await early[1], await late[1]) == (4, 8)


async def test_closing_waits_for_the_batch_and_gives_up_the_rest(commits: GroupCommit[int, int], disk: Disk) -> None:
    """With a word to those who wait; afterwards it can be used again."""
    disk.open.clear()
    early = asyncio.create_task(commits.add(1))
    await asyncio.sleep(0.01)
    late = asyncio.create_task(commits.add(2))
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(commits.close())
    with pytest.raises(LogError, match="closed before"):
        await late
    disk.open.set()
    await closing
    assert await early == 2
    assert await commits.add(3) == 6


async def test_a_batch_waits_for_company(disk: Disk) -> None:
    """A moment, so that many who come one after the other cost one transaction."""
    commits = GroupCommit(disk.write, lambda error: isinstance(error, ValueError), linger=0.05)
    first = asyncio.create_task(commits.add(1))
    await asyncio.sleep(0.01)
    assert await commits.add(2) == 4
    assert await first == 2
    assert disk.batches == [[1, 2]]


async def test_closing_while_a_batch_waits_for_company_writes_nothing(disk: Disk) -> None:
    """Not even an empty batch."""
    commits = GroupCommit(disk.write, lambda error: isinstance(error, ValueError), linger=0.05)
    adding = asyncio.create_task(commits.add(1))
    await asyncio.sleep(0.01)
    await commits.close()
    with pytest.raises(LogError, match="closed before"):
        await adding
    assert disk.batches == []
