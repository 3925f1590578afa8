"""What every index must do, whatever engine is behind it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Index

TERMS = st.sampled_from(["road", "bridge", "talks", "river", "peace", "mine", "border"])
PARAGRAPHS = st.lists(st.lists(TERMS, max_size=8), min_size=1, max_size=20)
# One test of a contract is run by several classes, on purpose.
CONTRACT = settings(suppress_health_check=[HealthCheck.differing_executors])
QUESTION = st.dictionaries(TERMS | st.just("unheard"), st.floats(0.01, 20), max_size=6)


class IndexContract(ABC):
    """Derive from this class and say how the index is built."""

    @abstractmethod
    def build(self, paragraphs: Sequence[Sequence[str]]) -> Index:
        """An index of these paragraphs."""

    @CONTRACT
    @given(PARAGRAPHS, QUESTION, st.integers(1, 30))
    def test_hits_are_the_paragraphs_that_hold_a_term(
        self, paragraphs: list[list[str]], question: dict[str, float], limit: int
    ) -> None:
        """All of them when there is room, no other ever, none twice."""
        found = [hit.ordinal for hit in self.build(paragraphs).search(question, limit)]
        holding = {number for number, terms in enumerate(paragraphs) if set(terms) & set(question)}
        assert len(found) == len(set(found)) == min(limit, len(holding))
        assert set(found) <= holding

    @CONTRACT
    @given(PARAGRAPHS, QUESTION, st.integers(1, 10))
    def test_a_smaller_limit_gives_the_head_of_a_larger(
        self, paragraphs: list[list[str]], question: dict[str, float], limit: int
    ) -> None:
        """The best ones do not depend on how many are asked for."""
        index = self.build(paragraphs)
        assert index.search(question, limit) == index.search(question, 50)[:limit]

    @CONTRACT
    @given(
        PARAGRAPHS, QUESTION, st.lists(st.frozensets(TERMS, max_size=2), max_size=2), st.frozensets(TERMS, max_size=2)
    )
    def test_candidates_hold_what_is_required_and_nothing_barred(
        self,
        paragraphs: list[list[str]],
        question: dict[str, float],
        required: list[frozenset[str]],
        barred: frozenset[str],
    ) -> None:
        """One term of each set; scores and order are those without it."""
        index = self.build(paragraphs)
        passing = {
            number
            for number, terms in enumerate(paragraphs)
            if all(set(terms) & each for each in required) and not set(terms) & barred
        }
        found = index.search(question, 30, required=required, barred=barred)
        every = [hit for hit in index.search(question, 30) if hit.ordinal in passing]
        assert [hit.ordinal for hit in found] == [hit.ordinal for hit in every]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in every])
        assert index.search(question, 2, required=required, barred=barred) == found[:2]

    @CONTRACT
    @given(PARAGRAPHS, TERMS)
    def test_document_frequency_counts_paragraphs(self, paragraphs: list[list[str]], term: str) -> None:
        """Once each, however often the term stands in one."""
        index = self.build(paragraphs)
        assert index.document_frequency(term) == sum(term in terms for terms in paragraphs)
        assert len(index) == len(paragraphs)

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 10])
    def test_the_only_paragraph_with_a_term_is_found(self, size: int) -> None:
        """On the smallest corpora too, where the usual weights are zero or below."""
        paragraphs = [["road", f"place{number}"] for number in range(size)]
        for number in range(size):
            assert self.build(paragraphs).search({f"place{number}": 1.0}, 1)[0].ordinal == number

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 10])
    @pytest.mark.parametrize("padding", [0, 1, 7])
    def test_the_paragraph_with_more_of_the_question_comes_first(self, size: int, padding: int) -> None:
        """A light word that all paragraphs share does not turn the order over, however long the right one is."""
        paragraphs = [["road", f"place{number}"] for number in range(size)]
        paragraphs[-1] += ["word"] * padding
        assert self.build(paragraphs).search({"road": 0.1, f"place{size - 1}": 1.0}, 1)[0].ordinal == size - 1

    def test_a_term_in_half_of_the_paragraphs_is_found(self) -> None:
        """Whose idf a library may give as zero: weights are the caller's."""
        paragraphs = [["half", "a"], ["half", "b"], ["c"], ["d"]]
        assert {hit.ordinal for hit in self.build(paragraphs).search({"half": 1.0}, 10)} == {0, 1}

    def test_equal_paragraphs_come_in_their_order(self) -> None:
        """The same question always gets the same answer."""
        hits = self.build([["road", "b"], ["x"], ["road", "b"], ["road", "b"], ["y"], ["z"], ["q"]]).search(
            {"road": 1.0}, 9
        )
        assert [hit.ordinal for hit in hits] == [0, 2, 3]

    def test_nothing_is_found_for_nothing(self) -> None:
        """No terms, unknown terms, paragraphs without terms."""
        index = self.build([["road"], []])
        assert index.search({}, 5) == []
        assert index.search({"unheard": 1.0}, 5) == []
        assert self.build([[], []]).search({"road": 1.0}, 5) == []
        assert len(self.build([[], []])) == 2

    @CONTRACT
    @given(PARAGRAPHS, QUESTION)
    def test_a_score_is_the_sum_of_weights_times_saturations(
        self, paragraphs: list[list[str]], question: dict[str, float]
    ) -> None:
        """So that every score can be explained term by term."""
        index = self.build(paragraphs)
        for hit in index.search(question, 30):
            parts = [weight * index.saturation(term, hit.ordinal) for term, weight in question.items()]
            assert hit.score == pytest.approx(sum(parts))

    @CONTRACT
    @given(PARAGRAPHS, TERMS)
    def test_saturation_is_zero_where_the_term_is_not(self, paragraphs: list[list[str]], term: str) -> None:
        """And between zero and k1 + 1 where it is."""
        index = self.build(paragraphs)
        for number, terms in enumerate(paragraphs):
            assert (0 < index.saturation(term, number) < 1.9) == (term in terms)
            assert index.saturation(term, number) >= 0

    def test_a_weight_of_nothing_is_refused(self) -> None:
        """A term that counts for nothing, or against, would make candidates of paragraphs that do not fit."""
        for weight in (0.0, -1.0):
            with pytest.raises(ValueError, match="above 0"):
                self.build([["road"]]).search({"road": weight}, 1)

    def test_a_limit_below_one_is_refused(self) -> None:
        """It would be a mistake of the caller."""
        with pytest.raises(ValueError, match="at least 1"):
            self.build([["road"]]).search({"road": 1.0}, 0)
