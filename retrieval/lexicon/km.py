"""Khmer."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Khmer",
    stop_words=words("និង ដែល នៅ ក្នុង របស់ ជា គឺ មាន បាន ពី ជាមួយ ឬ ដោយ តែ នេះ ថា មិន នឹង"),
    question_words=words("នរណា អ្នកណា អ្វី ពេលណា នៅឯណា ណា ហេតុអ្វី យ៉ាងណា ប៉ុន្មាន តើ"),
    asks_number=phrases("ប៉ុន្មាន"),
    asks_date=phrases("ពេលណា, ឆ្នាំណា, ថ្ងៃណា, ខែណា, នៅពេលណា"),
    asks_name=phrases("នរណា, អ្នកណា"),
    moments=moments(
        {
            2: "ថ្ងៃនេះ, ម្សិលមិញ",
            8: "សប្តាហ៍នេះ, សប្តាហ៍មុន, ថ្មីៗនេះ",
            35: "ខែនេះ, ខែមុន",
        }
    ),
    unspaced=True,
)
