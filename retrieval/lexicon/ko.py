"""Korean; particles at the end of a word are cut."""

from typing import Final

from retrieval.languages import Language, endings, moments, phrases, words

LANGUAGE: Final = Language(
    name="Korean",
    endings=endings("""
        입니까 인가요 이었나 에서는 에게서 으로부터 에서 에게 으로 까지 부터 에는 이나 하고 처럼
        보다 은 는 이 가 을 를 의 에 로 와 과 도 만 께서
    """),
    stop_words=words("""
        그 이 저 및 등 것 수 또는 그리고 그러나 하지만 있는 있다 한 하는 했다 된 되는 위해 대한 대해 통해 년 월 일
    """),
    question_words=words("""
        누구 누가 누구의 누구인가 누구인가요 무엇 무엇인가 무엇인가요 뭐 언제 언제인가 어디 어디서 어디에
        어디인가 어느 어떤 어떻게 왜 몇 얼마 얼마나 무슨 입니까
        인가요 인가
    """),
    number_words=words("영 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 스물 백 천 만 억 수백 수천 수만 절반"),
    asks_number=phrases("몇, 몇 명, 몇 개, 몇 번, 몇 살, 얼마, 얼마나, 몇 퍼센트, 몇명, 몇개"),
    asks_date=phrases("""
        언제, 몇 년, 몇년, 몇 년도, 몇 월, 며칠, 어느 해, 어느 날, 무슨 요일, 몇 세기, 언제부터, 어느 연도
    """),
    asks_name=phrases("누구, 누가, 누구의, 누구를, 누구에게, 어떤 사람"),
    moments=moments(
        {
            2: "오늘, 어제, 오늘밤, 어젯밤, 오늘 아침",
            8: "이번 주, 이번주, 지난 주, 지난주, 이번 주말, 지난 주말, 주말, 최근, 최신, 요즘, 며칠 전",
            35: "이번 달, 이번달, 지난 달, 지난달",
        }
    ),
    unspaced=True,
)
