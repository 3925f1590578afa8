"""What stands on the buttons below an answer, and what is said where they lead; in English, as `texts` is."""

from typing import Final

from bot.speech import N_

READ_AROUND: Final = N_("Read around")
MORE: Final = N_("More · {shown}/{found}")
NEWEST_FIRST: Final = N_("Newest first")
BEST_FIRST: Final = N_("Best first")
SHARE: Final = N_("Share")
BACK: Final = N_("Back")
BEFORE: Final = N_("↑ Before")
AFTER: Final = N_("After ↓")
COPY: Final = N_("Copy quote")
WHOLE: Final = N_("Whole article")
ASK_MEANT: Final = N_("Ask: {question}")
TELL_EDITORS: Final = N_("Tell the editors")
WRONG: Final = N_("Wrong passage")
OUTDATED: Final = N_("Outdated")
OTHER_QUESTION: Final = N_("Not what I asked")

CHANGED_SINCE: Final = N_("The articles have changed since this was asked. This is what they say now:")
WORDS_STAND: Final = N_("The article has changed since, but it still says this.")
WORDS_CHANGED: Final = N_("The article has changed since: it says this in other words now. It said:")
WORDS_REMOVED: Final = N_("This is no longer in the articles, and I do not show it.")

GONE: Final = N_("I no longer know this answer. Please ask again.")
ANOTHER: Final = N_("Something else stands here by now. Please use the buttons below it.")
NOT_NOW: Final = N_("I cannot look that up at the moment. Please press it again in a while.")
THANKS: Final = N_("Thank you, that is noted.")
THANKS_WHY: Final = N_("Thank you. What is wrong with it?")
TAKEN_BACK: Final = N_("Taken back.")
WISHED: Final = N_("Thank you: your question is on the editors' list.")
WISHED_ALREADY: Final = N_("It is on the editors' list already.")
WISH_NOTE: Final = N_(
    "Your question is on the editors' list. If you like, reply to this message and write what you hope to learn; "
    "I pass it on to them."
)
NOTE_TAKEN: Final = N_("Thank you, I have put that beside your question.")
