"""Hard cases of who speaks, with names and turns as reports have them; each sentence is our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_speakers import read

if TYPE_CHECKING:
    from spacy.language import Language

# (text, the speaker of its last statement)
CASES = [
    # Two people of one last name.
    ("Bill Clinton met Hillary Clinton in Oslo. Hillary Clinton left. “We tried,” Clinton said.", "Hillary Clinton"),
    ("Hillary Clinton arrived with Bill Clinton. Mrs. Clinton said no deal was near.", "Hillary Clinton"),
    ("Hillary Clinton arrived with Bill Clinton. “We tried,” he said.", "Bill Clinton"),
    (
        "Former President Bill Clinton campaigned for Hillary Clinton. The former president said no deal was near.",
        "Bill Clinton",
    ),
    ("Espen Holm's sister, Liv Holm, spoke. Holm said no deal was near.", "Holm"),
    ("George W. Bush met George H. W. Bush. George W. Bush said no deal was near.", "George W. Bush"),
    # Spelling variants, acronyms, initials.
    ("President Volodymyr Zelenskyy arrived. Zelensky said no deal was near.", "Volodymyr Zelenskyy"),
    ("President Volodymyr Zelensky arrived. Zelenskiy said no deal was near.", "Volodymyr Zelensky"),
    (
        "The National Security and Defense Council (NSDC) met. The NSDC said no deal was near.",
        "National Security and Defense Council",
    ),
    ("Recep Tayyip Erdogan arrived. Erdoğan said no deal was near.", "Recep Tayyip Erdogan"),
    ("Zelenskyy's chief of staff, Andriy Yermak, said no deal was near.", "Andriy Yermak"),
    ("Donald J. Trump spoke. Mr. Trump said no deal was near.", "Donald J. Trump"),
    # States, capitals and seats of government: who acts, and where something is.
    ("Kiev said no deal was near.", "Ukraine"),
    ("Talks were held in Moscow. Moscow said no deal was near.", "Russia"),
    ("Sergei Lavrov flew to Washington. “We tried,” Lavrov told reporters there.", "Sergei Lavrov"),
    ("Both Kyiv and Moscow said no deal was near.", "Ukraine"),
    ("A statement from the White House said no deal was near.", "White House"),
    ("Tehran rejected the text. Iran's foreign ministry said no deal was near.", "Iran's foreign ministry"),
    # Descriptions and titles.
    (
        "Sergey Lavrov arrived. Lavrov's spokeswoman Maria Zakharova said no deal was near. She added that they tried.",
        "Maria Zakharova",
    ),
    ("Emmanuel Macron called Vladimir Putin. The French president said no deal was near.", "Emmanuel Macron"),
    (
        "French President Emmanuel Macron called Russian President Vladimir Putin. The French president said no.",
        "Emmanuel Macron",
    ),
    (
        "French President Emmanuel Macron called Russian President Vladimir Putin. The Russian leader said no.",
        "Vladimir Putin",
    ),
    ("German Chancellor Olaf Scholz met Macron. The chancellor said no deal was near.", "Olaf Scholz"),
    ("U.N. Secretary-General António Guterres arrived. The U.N. chief said no deal was near.", "António Guterres"),
    (
        "Turkish Foreign Minister Mevlut Cavusoglu hosted the talks. The minister said no deal was near.",
        "Mevlut Cavusoglu",
    ),
    ("Prime Minister Theresa May arrived. “We tried,” the prime minister said.", "Theresa May"),
    ("“No deal is near,” Espen Holm, who leads the Norwegian delegation, said.", "Espen Holm"),
    ("“No deal is near,” said Espen Holm, the Norwegian delegation's leader.", "Espen Holm"),
    ("The Kremlin's Dmitry Peskov said no deal was near.", "Dmitry Peskov"),
    (
        "Kremlin spokesman Dmitry Peskov said no deal was near. The Kremlin spokesman added that time was short.",
        "Dmitry Peskov",
    ),
    ("Donald Trump met reporters. The U.S. president said no deal was near.", "Donald Trump"),
    # Pronouns around quotations.
    ("Prime Minister Theresa May met Jean-Claude Juncker. “We tried,” she told him.", "Theresa May"),
    ("Ana Duarte told Espen Holm that she would leave. “I tried,” she said.", "Ana Duarte"),
    ("Espen Holm praised Ana Duarte. “She tried,” he said.", "Espen Holm"),
    # Groups and the unnamed.
    ("“We tried,” said a senior official who spoke on condition of anonymity.", "senior official"),
    ("Three people familiar with the talks said no deal was near.", "Three people familiar with the talks"),
    ("Sources close to the talks said no deal was near. They added that time was short.", "Sources close to the talks"),
    ("Mediators from Qatar and Egypt said no deal was near.", "Mediators from Qatar and Egypt"),
    ("Hamas said no deal was near. The group added that time was short.", "Hamas"),
    ("The European Union said no deal was near. The bloc added that time was short.", "European Union"),
    (
        "The Taliban said no deal was near. A Taliban spokesman, Zabihullah Mujahid, said talks would go on.",
        "Zabihullah Mujahid",
    ),
    ("The two sides said no deal was near.", "two sides"),
    ("Negotiators said no deal was near.", "Negotiators"),
    # Order of names, particles, several at once.
    ("According to Ana Duarte, no deal was near.", "Ana Duarte"),
    ("According to the Harbour Fund's Ana Duarte, no deal was near.", "Ana Duarte"),
    ("Xi Jinping met Joe Biden. Xi said no deal was near.", "Xi Jinping"),
    ("Kim Jong Un met Moon Jae-in. Kim said no deal was near.", "Kim Jong Un"),
    ("Ursula von der Leyen arrived. Later von der Leyen said no deal was near.", "Ursula von der Leyen"),
    ("Prince Mohammed bin Salman arrived. Bin Salman said no deal was near.", "Mohammed bin Salman"),
    ("Lula da Silva arrived. Lula said no deal was near.", "Lula da Silva"),
    ("Neither Ana Duarte nor Espen Holm said a deal was near.", "Ana Duarte"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_hard_case(nlp: Language, text: str, expected: str) -> None:
    assert read(nlp, text)[0][-1].speaker == expected


def test_two_of_one_last_name_are_two_actors(nlp: Language) -> None:
    _, cast = read(nlp, "Bill Clinton met Hillary Clinton. Mrs. Clinton left. Mr. Clinton said no deal was near.")
    people = {actor.name: actor.aliases for actor in cast.actors.values()}
    assert people == {"Bill Clinton": ("Bill Clinton", "Clinton"), "Hillary Clinton": ("Hillary Clinton", "Clinton")}


def test_where_a_role_and_a_side_are_read(nlp: Language) -> None:
    text = "Russian delegation leader Vladimir Medinsky met Rustem Umerov for Ukraine. Moscow agreed."
    _, cast = read(nlp, text)
    medinsky, umerov = cast.actors["Vladimir Medinsky"], cast.actors["Rustem Umerov"]
    for evidence, words in (
        (medinsky.role_evidence, "Russian delegation leader"),
        (medinsky.side_evidence, "Russian delegation leader"),
        (umerov.side_evidence, "Rustem Umerov for Ukraine"),
        (cast.actors["Russia"].side_evidence, "Moscow"),
    ):
        assert evidence is not None
        assert text[slice(*evidence[1:])] == words
    assert (medinsky.side, umerov.side, umerov.role_evidence) == ("Russia", "Ukraine", None)
