"""What the bot says to everybody, in English; said in other languages by the catalogs."""

from typing import Final

from bot.speech import N_

START: Final = N_("""\
I answer questions with passages of news articles, word for word, each with its publisher, its date and a link to the \
very sentence. I never write an answer of my own: where the articles hold none, I say so.

Just write your question. In a group, use /ask and the question.
/sources lists the articles, /help says more, /privacy says what is kept.""")

HELP: Final = N_("""\
Write a question, or /ask and a question, and I search {articles} articles for the paragraphs that fit best.

• The sentence in bold answers best; words like yours are underlined. A tap opens a folded quote.
• Below each quote stand its publisher and date: outlets contradict each other, so look at who says it and when.
• 📖 and a number show what stands before and after the quote with that number.
• The link opens the article at the quoted sentence, in browsers that can.
• “may not answer this” means that only part of your question was found.
• since:2023-04, before:2024, source:name, “words in this order” and -word narrow a question down.

/ask – ask a question
/timeline – how it came to this: a topic in dated quotes
/sources – the articles that I quote from
/language – choose the language that I speak
/privacy – what is kept about you, and how to have it deleted""")

PRIVACY: Final = N_("""\
What is kept: the text of your question, when it was asked, whether in a private chat or a group, the language, and \
the passages shown. It shows the editors what people ask and what the articles lack.

Your name, user name, number and Telegram id are not kept. In place of your id stands a keyed hash, from which it \
cannot be computed without the operator's key. Other messages in groups are neither answered nor kept.

The language that you choose with /language is kept beside that hash, until you choose “As in Telegram”.

In other chats, where you type my name and a question, I keep only the question whose quote you choose, with that \
quote; not what you typed on the way, nor where.

Until your message is answered it is kept as Telegram hands it over, with your name and id, so that it is not lost if \
this program is stopped; after that only its number is, for a day. What I could not handle is kept aside for a week, \
for the operator to look at.

If you press 👍 or 👎, say why, or tell the editors what you miss, that is kept with the question, beside your hash; \
what you write to the editors is kept word for word. So that buttons, replies and edits find their answer, a hash \
stands for each of its messages, from which the chat cannot be told without the operator's key.

To have your questions deleted, ask whoever runs this bot; they can find them by your hash.""")

INLINE_MORE: Final = N_("Ask me in private")
INLINE_ASK_TOO: Final = N_("Ask a question of your own")
GUEST_MORE: Final = N_("See it in private")
GUEST_ASK_WHAT: Final = N_("Write your question behind my name, like this: @{name} who brokered the ceasefire?")
INLINE_START: Final = N_("""\
Here I answer in full: more passages, what stands around a quote, and what the articles lack. Just write your question.

To quote me in another chat, type @{name} there, and your question behind it.""")
INLINE_BACK: Final = N_("Back to the other chat")

LINK_UNKNOWN: Final = N_(
    "I do not know the answer that this link leads to: it is not in my log any more, or a part of the link is missing. "
    "Just write me your question."
)
LINK_NOW: Final = N_("The answer as it is now")
LINK_LATER: Final = N_(
    "I cannot look up at the moment what this link leads to. Please open it again later, or just write me your "
    "question."
)

ASK_WHAT: Final = N_("Write the question behind the command, like this: /ask Who brokered the ceasefire?")
TIMELINE_WHAT: Final = N_("Write the topic behind the command, like this: /timeline Lachin checkpoint")
TEXT_ONLY: Final = N_("I can read text only. Please write your question.")
UNKNOWN_COMMAND: Final = N_("I do not know this command. /help lists those that I know.")
FAILED: Final = N_("Something went wrong on my side. Please ask again in a moment.")
UNSURE: Final = N_("My answer may not have arrived. If it does not stand above, please ask again.")
TOO_MANY: Final = N_(
    "You wrote faster than I can answer. I answered the {limit} messages that waited; what came after them I did not "
    "take. Please ask it again."
)
TOO_FAST: Final = N_(
    "I take {limit} messages a minute. What came beyond that I did not take: please ask it again in {seconds} s."
)
TOO_FAST_PRESSES: Final = N_("I take {limit} presses a minute. Please try again in {seconds} s.")
NOT_IN_THIS_CHAT: Final = N_(
    "I answer in certain chats only, and this is none of them. Whoever runs me can let you in by your number: {number}."
)
NOT_IN_THIS_GROUP: Final = N_(
    "I answer in certain chats only, and this is none of them, so I leave. Whoever runs me can let this group in by "
    "its number: {number}."
)
ADDED_TO_GROUP: Final = N_("""\
I answer questions with passages of news articles, word for word, each with its publisher, its date and a link.

To ask here, use /ask and the question, or reply to a message of mine.""")
READS_COMMANDS: Final = N_("Of what else is said here I receive nothing: a mention of my name does not reach me.")
READS_ALL: Final = N_("""\
You can also mention me: @{name} and the question. What else is said here is handed to me as well; I neither answer \
nor keep it.""")
LATE: Final = N_("You asked this on {day} at {time} UTC; I could not answer before.")
NOT_ADMIN: Final = N_("That is for this bot's admins, in a private chat with it.")

LANGUAGE_WHICH: Final = N_("In which language shall I speak to you? Quotes stay as they were written.")
LANGUAGE_UNKNOWN: Final = N_("I do not speak this language.")
LANGUAGE_OF_TELEGRAM: Final = N_("As in Telegram")
LANGUAGE_CHOSEN: Final = N_("From now on I speak to you in this language.")
LANGUAGE_AS_IN_TELEGRAM: Final = N_("From now on I speak to you in the language of your Telegram, if I know it.")
LANGUAGE_NOT_KEPT: Final = N_("I could not keep your choice. Please try again later.")

DESCRIPTION: Final = N_("""\
I answer questions with passages of news articles, word for word, each with its publisher, its date and a link to the \
very sentence. I never write an answer of my own: where the articles hold none, I say so.

Just write your question. In a group, use /ask and the question.""")
SHORT_DESCRIPTION: Final = N_("I answer questions with passages of news articles, word for word, each with its source.")

COMMANDS: Final = (
    ("ask", N_("Ask a question")),
    ("timeline", N_("A topic in dated quotes, the oldest first")),
    ("sources", N_("The articles that I quote from")),
    ("language", N_("Choose my language")),
    ("help", N_("How to ask and how to read an answer")),
    ("privacy", N_("What is kept about you")),
)
