"""Expressions of time, by language. The anchor is Friday 15 March 2024 unless a table says another.

A case is a sentence and what it tells, in the order of the text: ``2024`` and ``2024-03`` are a whole year and month,
``a..b`` a stretch, an empty side an open end; after ``>`` comes the reading of what lies ahead. Nothing: no time.
"""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.languages import blank
from kg.extract.times import Clock, TimeExpression, find_times
from kg.extract.tokens import Tokens
from kg.records import LANGUAGES, Interval, Language, Span

ANCHOR = "2024-03-15"
TOKENIZERS = {language: blank(language) for language in LANGUAGES}


def find(text: str, language: Language, clock: Clock) -> list[TimeExpression]:
    return find_times(Tokens(TOKENIZERS[language](text))[:], language, clock)


def bounds(side: str) -> tuple[str, str]:
    parts = side.split("-")
    if len(parts) == 1:
        return f"{side}-01-01", f"{side}-12-31"
    if len(parts) == 2:
        return f"{side}-01", f"{side}-{calendar.monthrange(int(parts[0]), int(parts[1]))[1]}"
    return side, side


def spelled_out(days: str) -> str:
    first, dots, last = days.partition("..")
    return f"{bounds(first)[0] if first else ''}..{bounds(last if dots else first)[1] if last or not dots else ''}"


def written(interval: Interval) -> str:
    return f"{interval.earliest or ''}..{interval.latest or ''}"


def check(text: str, expected: str, language: Language, clock: Clock) -> None:
    found = find(text, language, clock)
    wanted = [tuple(map(spelled_out, one.split(">"))) for one in expected.split()]
    got = [(written(e.interval), *([written(e.future)] if e.future else [])) for e in found]
    assert [g[: len(w)] for g, w in zip(got, wanted, strict=False)] == wanted, (text, got)
    assert len(got) == len(wanted), (text, got)
    for expression in found:
        span = expression.interval.span
        assert text[span.start : span.end] == expression.interval.text


DUTCH = [
    ("Het gebeurde op 3 maart 2020 in de haven", "2020-03-03"),
    ("Op dinsdag 5 maart kwamen zij aan", "2024-03-05>2025-03-05"),
    ("op 1 sept. 2021", "2021-09-01"),
    ("12/03/2023", "2023-03-12"),
    ("12-03-2023 was de dag", "2023-03-12"),
    ("op 2023-03-12", "2023-03-12"),
    ("op 20 maart", "2023-03-20>2024-03-20"),
    ("in mei", "2023-05>2024-05"),
    ("in maart", "2024-03"),
    ("in mei en juni", "2023-05..2023-06>2024-05..2024-06"),
    ("tussen maart en mei 2020", "2020-03..2020-05"),
    ("in december 2019", "2019-12"),
    ("in maart van vorig jaar", "2023-03"),
    ("in 2015 werden zij betrapt", "2015"),
    ("het jaar 2011", "2011"),
    ("Het verdrag (2018) bleef gelden", "2018"),
    ("2019-2021", "2019..2021"),
    ("tussen 2015 en 2018", "2015..2018"),
    ("van 2019 tot 2021", "2019..2021"),
    ("van 8 februari tot en met 3 augustus", "2023-02-08..2023-08-03>2024-02-08..2024-08-03"),
    ("van 8 t/m 13 oktober 2022", "2022-10-08..2022-10-13"),
    ("3-5 mei 2021", "2021-05-03..2021-05-05"),
    ("begin januari", "2024-01-01..2024-01-10>2025-01-01..2025-01-10"),
    ("eind februari", "2024-02-21..2024-02-29>2025-02-21..2025-02-28"),
    ("medio januari", "2024-01-11..2024-01-20"),
    ("half februari 2023", "2023-02-11..2023-02-20"),
    ("begin 2024", "2024-01-01..2024-03-31"),
    ("eind vorig jaar", "2023-10-01..2023-12-31"),
    ("midden 2022", "2022-05-01..2022-08-31"),
    ("aan het einde van 2021", "2021-10-01..2021-12-31"),
    ("vanaf begin 2023", "2023-01-01.."),
    ("in de zomer van 2022", "2022-06..2022-08"),
    ("vorige winter", "2023-12..2024-02"),
    ("de herfst van vorig jaar", "2023-09..2023-11"),
    ("komend najaar", "2024-09..2024-11"),
    ("in het derde kwartaal van 2023", "2023-07..2023-09"),
    ("de eerste helft van 2023", "2023-01..2023-06"),
    ("in de eerste vijf maanden van 2020", "2020-01..2020-05"),
    ("in de laatste drie maanden van vorig jaar", "2023-10..2023-12"),
    ("gisteravond", "2024-03-14"),
    ("eergisteren", "2024-03-13"),
    ("vandaag", "2024-03-15"),
    ("overmorgen vertrekt hij", "2024-03-17"),
    ("Hij vertrekt morgen", "2024-03-16"),
    ("zei hij woensdag", "2024-03-13>2024-03-20"),
    ("dinsdagavond", "2024-03-12>2024-03-19"),
    ("afgelopen dinsdag", "2024-03-12"),
    ("vorige vrijdag", "2024-03-08"),
    ("komende vrijdag", "2024-03-22"),
    ("in de nacht van dinsdag op woensdag", "2024-03-12..2024-03-13"),
    ("afgelopen weekend", "2024-03-09..2024-03-10"),
    ("dinsdag vorige week", "2024-03-05"),
    ("vorige week", "2024-03-04..2024-03-10"),
    ("vorige maand", "2024-02"),
    ("dit jaar", "2024"),
    ("deze maand", "2024-03"),
    ("volgend jaar", "2025"),
    ("eerder deze maand", "2024-03-01..2024-03-15"),
    ("later dit jaar", "2024-03-15..2024-12-31"),
    ("twee jaar geleden", "2022"),
    ("drie weken geleden", "2024-02-19..2024-02-25"),
    ("vijf dagen geleden", "2024-03-10"),
    ("een maand geleden", "2024-02"),
    ("de afgelopen drie maanden", "2023-12-15..2024-03-15"),
    ("de laatste twee jaar", "2022-03-15..2024-03-15"),
    ("jaren negentig", "1990..1999"),
    ("begin jaren '80", "1980..1983"),
    ("sinds augustus 2023", "2023-08-01.."),
    ("sinds maandag", "2024-03-11..>2024-03-18.."),
    ("sinds twee jaar", "2022-01-01.."),
    ("vanaf 2019", "2019-01-01.."),
    ("tot eind 2025", "..2025-12-31"),
    ("tegen 2026", "..2026-12-31"),
    ("na 2018", "2018-12-31.."),
    ("vóór 2020", "..2020-01-01"),
    ("vorig jaar en in 2021", "2023 2021"),
    ("een celstraf van acht jaar", ""),
    ("twee maanden lang", ""),
    ("een vier uur durend gesprek", ""),
    ("de 52-jarige man", ""),
    ("om 10.30 uur", ""),
    ("2000 soldaten en 1950 granaten", ""),
    ("resolutie 2087", ""),
    ("de F-16 maakte een noodlanding", ""),
    ("de Arabische Lente", ""),
    ("elke maandag", ""),
    ("op 31 juni 2020", ""),
    ("in 2014-2015", "2014..2015"),
    ("het eerste halfjaar van 2023", "2023-01..2023-06"),
    ("voor eind 2025", "..2025-12-31"),
    ("afgelopen nacht", "2024-03-14..2024-03-15"),
    ("halverwege de week", "2024-03-13..2024-03-14"),
    ("ruim een jaar geleden", "2023"),
    ("vorig jaar zomer", "2023-06..2023-08"),
    ("per 1 maart", "2024-03-01..>2025-03-01.."),
    ("de tweede helft van juli 2023", "2023-07-16..2023-07-31"),
    ("Morgen gaat de wet in", "2024-03-16"),
    ("in 2010 keer", ""),
    ("de afgelopen weken", ""),
]

GERMAN = [
    ("Am 8. Oktober 2022 kamen sie an", "2022-10-08"),
    ("am Dienstag, dem 5. März 2024, in Seoul", "2024-03-05"),
    ("am 12.03.2023", "2023-03-12"),
    ("am 3.4.22", "2022-04-03"),
    ("am 12.3. kam er", "2024-03-12"),
    ("am 20. März", "2023-03-20>2024-03-20"),
    ("am 1. Jänner 2020", "2020-01-01"),
    ("im Juni", "2023-06>2024-06"),
    ("im März", "2024-03"),
    ("Oktober 2023", "2023-10"),
    ("im Mai und Juni 2019", "2019-05..2019-06"),
    ("von März bis Mai 2020", "2020-03..2020-05"),
    ("im Oktober letzten Jahres", "2023-10"),
    ("im Mai dieses Jahres", "2024-05"),
    ("2015 wurde er verhaftet", "2015"),
    ("im Jahr 2011", "2011"),
    ("zwischen 2015 und 2018", "2015..2018"),
    ("von 2019 bis 2021", "2019..2021"),
    ("2019-2021", "2019..2021"),
    ("2019/20", "2019..2020"),
    ("vom 8. bis 13. Oktober", "2023-10-08..2023-10-13>2024-10-08..2024-10-13"),
    ("vom 28. Februar bis zum 3. März 2021", "2021-02-28..2021-03-03"),
    ("3.-5. März 2020", "2020-03-03..2020-03-05"),
    ("Anfang Januar", "2024-01-01..2024-01-10"),
    ("Ende Februar", "2024-02-21..2024-02-29"),
    ("Mitte Januar 2023", "2023-01-11..2023-01-20"),
    ("Anfang 2023", "2023-01-01..2023-03-31"),
    ("Mitte 2023", "2023-05-01..2023-08-31"),
    ("Ende letzten Jahres", "2023-10-01..2023-12-31"),
    ("zu Beginn des Jahres 2022", "2022-01-01..2022-03-31"),
    ("bis Jahresende", "..2024-12-31"),
    ("im Sommer 2022", "2022-06..2022-08"),
    ("im Winter 2022/23", "2022-12..2023-02"),
    ("im vergangenen Sommer", "2023-06..2023-08"),
    ("im Herbst", "2023-09..2023-11>2024-09..2024-11"),
    ("im dritten Quartal 2023", "2023-07..2023-09"),
    ("in der ersten Hälfte des Jahres 2023", "2023-01..2023-06"),
    ("im zweiten Halbjahr 2022", "2022-07..2022-12"),
    ("in den ersten fünf Monaten 2020", "2020-01..2020-05"),
    ("in den ersten drei Monaten dieses Jahres", "2024-01..2024-03"),
    ("heute", "2024-03-15"),
    ("gestern Abend", "2024-03-14"),
    ("vorgestern", "2024-03-13"),
    ("Er reist morgen ab", "2024-03-16"),
    ("am Mittwoch", "2024-03-13>2024-03-20"),
    ("am Freitag", "2024-03-15"),
    ("Dienstagabend", "2024-03-12"),
    ("am vergangenen Freitag", "2024-03-08"),
    ("am kommenden Montag", "2024-03-18"),
    ("in der Nacht zum Mittwoch", "2024-03-12..2024-03-13"),
    ("in der Nacht von Montag auf Dienstag", "2024-03-11..2024-03-12"),
    ("am Wochenende", "2024-03-09..2024-03-10>2024-03-16..2024-03-17"),
    ("vergangene Woche", "2024-03-04..2024-03-10"),
    ("im vorigen Monat", "2024-02"),
    ("in diesem Jahr", "2024"),
    ("im vergangenen Jahr", "2023"),
    ("im Vorjahr", "2023"),
    ("im nächsten Jahr", "2025"),
    ("vor drei Wochen", "2024-02-19..2024-02-25"),
    ("vor zwei Jahren", "2022"),
    ("vor rund einem Jahr", "2023"),
    ("vor fünf Tagen", "2024-03-10"),
    ("in den vergangenen drei Monaten", "2023-12-15..2024-03-15"),
    ("in den letzten zwei Jahren", "2022-03-15..2024-03-15"),
    ("in den 90er Jahren", "1990..1999"),
    ("Anfang der 1990er Jahre", "1990..1993"),
    ("in den achtziger Jahren", "1980..1989"),
    ("seit August 2023", "2023-08-01.."),
    ("ab Montag", "2024-03-11..>2024-03-18.."),
    ("seit zwei Jahren", "2022-01-01.."),
    ("bis Ende 2025", "..2025-12-31"),
    ("nach 2018", "2018-12-31.."),
    ("vor 2020", "..2020-01-01"),
    ("acht Jahre Haft", ""),
    ("zwei Monate lang", ""),
    ("ein vierstündiges Gespräch", ""),
    ("der 58-Jährige", ""),
    ("um 10.30 Uhr", ""),
    ("mehr als 2000 Soldaten", ""),
    ("Am Morgen fielen Schüsse", ""),
    ("Resolution 2087", ""),
    ("die März-Offensive", ""),
    ("152-mm-Granaten", ""),
    ("Arabischer Frühling", ""),
    ("jeden Montag", ""),
    ("vor vielen Jahren", ""),
    ("Ende Juli/Anfang August 2022", "2022-07-21..2022-08-10"),
    ("vor Ende 2025", "..2025-12-31"),
    ("in der vergangenen Nacht", "2024-03-14..2024-03-15"),
    ("in den vergangenen Wochen", ""),
]

ENGLISH = [
    ("It happened on March 5, 2020, in Seoul", "2020-03-05"),
    ("on March 5th", "2024-03-05>2025-03-05"),
    ("the 5th of March 2021", "2021-03-05"),
    ("on 5 March 2021", "2021-03-05"),
    ("Friday, March 1, 2024, was the day", "2024-03-01"),
    ("on Dec. 5, 2023", "2023-12-05"),
    ("2023-03-12", "2023-03-12"),
    ("12/25/2023", "2023-12-25"),
    ("25/12/2023", "2023-12-25"),
    ("3/4/2023", ""),
    ("on March 20", "2023-03-20>2024-03-20"),
    ("in May", "2023-05>2024-05"),
    ("in March", "2024-03"),
    ("in May and June", "2023-05..2023-06>2024-05..2024-06"),
    ("from March to May 2020", "2020-03..2020-05"),
    ("October 2023", "2023-10"),
    ("in March of last year", "2023-03"),
    ("in 2015 they were caught", "2015"),
    ("footage from 2011", "2011"),
    ("the treaty (2018) held", "2018"),
    ("2019-2021", "2019..2021"),
    ("between 2015 and 2018", "2015..2018"),
    ("from 2019 to 2021", "2019..2021"),
    ("2019-20", "2019..2020"),
    ("March 3-5", "2024-03-03..2024-03-05"),
    ("March 3 to 5, 2021", "2021-03-03..2021-03-05"),
    ("from 28 February to 3 March 2021", "2021-02-28..2021-03-03"),
    ("8-13 October 2022", "2022-10-08..2022-10-13"),
    ("early January", "2024-01-01..2024-01-10"),
    ("mid-January 2023", "2023-01-11..2023-01-20"),
    ("late February", "2024-02-21..2024-02-29"),
    ("at the end of February", "2024-02-21..2024-02-29"),
    ("early 2023", "2023-01-01..2023-03-31"),
    ("mid-2023", "2023-05-01..2023-08-31"),
    ("late last year", "2023-10-01..2023-12-31"),
    ("by the end of the year", "..2024-12-31"),
    ("in the summer of 2022", "2022-06..2022-08"),
    ("last winter", "2023-12..2024-02"),
    ("the winter of 2022-23", "2022-12..2023-02"),
    ("in the fall", "2023-09..2023-11>2024-09..2024-11"),
    ("in the third quarter of 2023", "2023-07..2023-09"),
    ("the first half of 2023", "2023-01..2023-06"),
    ("the first five months of 2020", "2020-01..2020-05"),
    ("the last three months of last year", "2023-10..2023-12"),
    ("yesterday morning", "2024-03-14"),
    ("the day before yesterday", "2024-03-13"),
    ("today", "2024-03-15"),
    ("tomorrow", "2024-03-16"),
    ("last night", "2024-03-14..2024-03-15"),
    ("in H1 2023", "2023-01..2023-06"),
    ("he said on Wednesday", "2024-03-13>2024-03-20"),
    ("last Friday", "2024-03-08"),
    ("next Monday", "2024-03-18"),
    ("Tuesday's attack", "2024-03-12"),
    ("Tuesday of last week", "2024-03-05"),
    ("last weekend", "2024-03-09..2024-03-10"),
    ("from Monday to Wednesday", "2024-03-11..2024-03-13"),
    ("last week", "2024-03-04..2024-03-10"),
    ("last month", "2024-02"),
    ("this year", "2024"),
    ("next year", "2025"),
    ("earlier this month", "2024-03-01..2024-03-15"),
    ("later this year", "2024-03-15..2024-12-31"),
    ("two years ago", "2022"),
    ("three weeks ago", "2024-02-19..2024-02-25"),
    ("five days ago", "2024-03-10"),
    ("a month ago", "2024-02"),
    ("in the past three months", "2023-12-15..2024-03-15"),
    ("over the last two years", "2022-03-15..2024-03-15"),
    ("over the past year", "2023-03-15..2024-03-15"),
    ("in the 1990s", "1990..1999"),
    ("the early 1990s", "1990..1993"),
    ("since August 2023", "2023-08-01.."),
    ("since Monday", "2024-03-11.."),
    ("from 2019 onwards", "2019-01-01.."),
    ("until the end of 2025", "..2025-12-31"),
    ("after 2018", "2018-12-31.."),
    ("before 2020", "..2020-01-01"),
    ("eight years in prison", ""),
    ("for two months", ""),
    ("a four-hour meeting", ""),
    ("the 52-year-old man", ""),
    ("at 5 p.m.", ""),
    ("it may march on", ""),
    ("Theresa May spoke", ""),
    ("an august body in the second row", ""),
    ("resolution 2087", ""),
    ("in 2000 containers", ""),
    ("the Arab Spring", ""),
    ("every Monday", ""),
    ("on June 31, 2020", ""),
    ("the 2022 invasion", "2022"),
    ("before the end of 2025", "..2025-12-31"),
    ("in late July and early August 2022", "2022-07-21..2022-08-10"),
    ("in recent weeks", ""),
]

FRENCH = [
    ("Le 1er mars 2020 à Séoul", "2020-03-01"),
    ("le mardi 5 mars", "2024-03-05>2025-03-05"),
    ("le 5 mars 2021", "2021-03-05"),
    ("le 12/03/2023", "2023-03-12"),
    ("12.03.2023", "2023-03-12"),
    ("le 2023-03-12", "2023-03-12"),
    ("le 20 mars", "2023-03-20>2024-03-20"),
    ("le 3 sept. 2021", "2021-09-03"),
    ("en mai", "2023-05>2024-05"),
    ("en mars", "2024-03"),
    ("au mois de mai", "2023-05"),
    ("en mai et juin 2019", "2019-05..2019-06"),
    ("de mars à mai 2020", "2020-03..2020-05"),
    ("d'août à octobre 2020", "2020-08..2020-10"),
    ("octobre 2023", "2023-10"),
    ("en mars de l'année dernière", "2023-03"),
    ("en 2015, ils furent arrêtés", "2015"),
    ("l'année 2011", "2011"),
    ("le traité (2018) tient", "2018"),
    ("2019-2021", "2019..2021"),
    ("entre 2015 et 2018", "2015..2018"),
    ("de 2019 à 2021", "2019..2021"),
    ("du 8 au 13 octobre", "2023-10-08..2023-10-13>2024-10-08..2024-10-13"),
    ("du 28 février au 3 mars 2021", "2021-02-28..2021-03-03"),
    ("entre le 3 et le 5 mars 2020", "2020-03-03..2020-03-05"),
    ("début janvier", "2024-01-01..2024-01-10"),
    ("mi-janvier 2023", "2023-01-11..2023-01-20"),
    ("fin février", "2024-02-21..2024-02-29"),
    ("à la fin du mois de février", "2024-02-21..2024-02-29"),
    ("début 2023", "2023-01-01..2023-03-31"),
    ("mi-2023", "2023-05-01..2023-08-31"),
    ("fin 2023", "2023-10-01..2023-12-31"),
    ("à la fin de l'année dernière", "2023-10-01..2023-12-31"),
    ("l'été 2022", "2022-06..2022-08"),
    ("l'hiver dernier", "2023-12..2024-02"),
    ("l'hiver 2022-2023", "2022-12..2023-02"),
    ("à l'automne", "2023-09..2023-11>2024-09..2024-11"),
    ("au printemps", "2024-03..2024-05"),
    ("au troisième trimestre 2023", "2023-07..2023-09"),
    ("le premier semestre 2023", "2023-01..2023-06"),
    ("la première moitié de 2023", "2023-01..2023-06"),
    ("les cinq premiers mois de 2020", "2020-01..2020-05"),
    ("aujourd'hui", "2024-03-15"),
    ("hier soir", "2024-03-14"),
    ("avant-hier", "2024-03-13"),
    ("demain", "2024-03-16"),
    ("ce matin", "2024-03-15"),
    ("a-t-il dit mercredi", "2024-03-13>2024-03-20"),
    ("lundi soir", "2024-03-11"),
    ("ce mardi", "2024-03-12"),
    ("vendredi dernier", "2024-03-08"),
    ("lundi prochain", "2024-03-18"),
    ("dans la nuit de lundi à mardi", "2024-03-11..2024-03-12"),
    ("le week-end dernier", "2024-03-09..2024-03-10"),
    ("la semaine dernière", "2024-03-04..2024-03-10"),
    ("le mois dernier", "2024-02"),
    ("cette année", "2024"),
    ("l'an dernier", "2023"),
    ("l'année prochaine", "2025"),
    ("il y a deux ans", "2022"),
    ("il y a trois semaines", "2024-02-19..2024-02-25"),
    ("il y a cinq jours", "2024-03-10"),
    ("il y a un mois", "2024-02"),
    ("ces trois derniers mois", "2023-12-15..2024-03-15"),
    ("au cours des deux dernières années", "2022-03-15..2024-03-15"),
    ("dans les années 1990", "1990..1999"),
    ("au début des années 1990", "1990..1993"),
    ("les années quatre-vingt", "1980..1989"),
    ("depuis août 2023", "2023-08-01.."),
    ("depuis lundi", "2024-03-11.."),
    ("depuis deux ans", "2022-01-01.."),
    ("à partir de 2019", "2019-01-01.."),
    ("jusqu'à fin 2025", "..2025-12-31"),
    ("jusqu'en 2025", "..2025-12-31"),
    ("d'ici 2026", "..2026-12-31"),
    ("après 2018", "2018-12-31.."),
    ("avant 2020", "..2020-01-01"),
    ("huit ans de prison", ""),
    ("pendant deux mois", ""),
    ("l'homme de 52 ans", ""),
    ("à 10 h 30", ""),
    ("il a été arrêté", ""),
    ("la planète Mars", ""),
    ("la résolution 2087", ""),
    ("chaque lundi", ""),
    ("le Printemps arabe", ""),
    ("avant la fin de 2025", "..2025-12-31"),
    ("ces dernières semaines", ""),
    ("le 31 juin 2020", ""),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, *case) for language, table in zip(("nl", "de", "en", "fr"), (DUTCH, GERMAN, ENGLISH, FRENCH), strict=True) for case in table],
)
def test_expression(language: Language, text: str, expected: str) -> None:
    check(text, expected, language, Clock(ANCHOR))


def told(first: str, last: str) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last), "", Span(0, 0))


DAY, MONTH, YEAR = told("2019-05-30", "2019-05-30"), told("2019-05-01", "2019-05-31"), told("2019-01-01", "2019-12-31")


@pytest.mark.parametrize(
    ("language", "text", "last", "expected"),
    [
        ("nl", "drie dagen later", DAY, "2019-06-02"),
        ("de", "drei Tage später", DAY, "2019-06-02"),
        ("en", "three days later", DAY, "2019-06-02"),
        ("fr", "trois jours plus tard", DAY, "2019-06-02"),
        ("nl", "een week eerder", DAY, "2019-05-20..2019-05-26"),
        ("de", "zwei Monate zuvor", MONTH, "2019-03"),
        ("en", "a year earlier", YEAR, "2018"),
        ("fr", "un an auparavant", YEAR, "2018"),
        ("nl", "in datzelfde jaar", MONTH, "2019"),
        ("nl", "dat jaar", YEAR, "2019"),
        ("de", "im selben Jahr", DAY, "2019"),
        ("en", "that month", DAY, "2019-05"),
        ("fr", "la même année", MONTH, "2019"),
        ("fr", "cette année-là", MONTH, "2019"),
        ("nl", "de volgende dag", DAY, "2019-05-31"),
        ("de", "am folgenden Tag", DAY, "2019-05-31"),
        ("en", "the next day", DAY, "2019-05-31"),
        ("fr", "le lendemain", DAY, "2019-05-31"),
        ("de", "im Jahr darauf", YEAR, "2020"),
        ("nl", "het jaar daarvoor", YEAR, "2018"),
        ("fr", "la veille", DAY, "2019-05-29"),
        ("en", "that autumn", MONTH, "2019-09..2019-11"),
        ("de", "im selben Frühjahr", DAY, "2019-03..2019-05"),
        ("nl", "die vrijdag", DAY, "2019-05-31"),
        ("de", "im Vorjahr", DAY, "2018"),
        ("de", "im Herbst des Vorjahres", DAY, "2018-09..2018-11"),
        ("de", "zwei Wochen später", told("2019-05-11", "2019-05-20"), "2019-05-25..2019-06-03"),
        # coarser than the expression: nothing is told
        ("nl", "drie dagen later", YEAR, ""),
        ("de", "drei Tage später", MONTH, ""),
        ("en", "that month", YEAR, ""),
        ("fr", "le même jour", MONTH, ""),
    ],
)
def test_from_what_was_told(language: Language, text: str, last: Interval, expected: str) -> None:
    check(text, expected, language, Clock(ANCHOR, last, 1))
    check(text, expected, language, Clock(None, last, 1))


@pytest.mark.parametrize("text", ["drie dagen later", "datzelfde jaar", "de volgende dag"])
def test_memory_fades(text: str) -> None:
    check(text, "", "nl", Clock(ANCHOR, DAY, 9))
    check(text, "", "nl", Clock(ANCHOR))


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("nl", "in maart", "2020-10", "2020-03>2021-03"),
        ("nl", "in oktober", "2020-10", "2020-10"),
        ("nl", "in december", "2020-10", "2019-12>2020-12"),
        ("de", "im März", "2020", ""),
        ("en", "last month", "2020-10", "2020-09"),
        ("en", "last month", "2020", ""),
        ("fr", "l'an dernier", "2020", "2019"),
        ("nl", "woensdag", "2020-10", ""),
        ("de", "gestern", "2020-10", ""),
        ("en", "last week", "2020-10", ""),
        ("fr", "hier", None, ""),
        ("nl", "dit jaar", None, ""),
        ("de", "im Mai", None, ""),
        ("en", "in May", None, ""),
        ("fr", "en mai 2020", None, "2020-05"),
        ("en", "two years ago", "2020", "2018"),
        ("en", "yesterday", "yesterday", ""),
        ("de", "am 29. Februar", "2023-05-01", "2020-02-29>2024-02-29"),
    ],
)
def test_anchor_of_reduced_precision(language: Language, text: str, published: str | None, expected: str) -> None:
    check(text, expected, language, Clock(published))


def test_a_bare_month_takes_the_year_of_the_text() -> None:
    check("Het begon in 2015, en in maart kwam het einde", "2015 2015-03", "nl", Clock(None))
    check("Im Oktober besuchte er Moskau", "2019-10", "de", Clock(None, MONTH, 1))
    check("Im Oktober besuchte er Moskau", "2019-10", "de", Clock(ANCHOR, MONTH, 0))


def test_a_bare_month_leaves_the_year_of_the_text() -> None:
    check("Im Oktober besuchte er Moskau", "", "de", Clock(None, MONTH, 2))
    check("Im Oktober besuchte er Moskau", "2023-10", "de", Clock(ANCHOR, MONTH, 1))
    check("Im Oktober besuchte er Moskau", "2023-10", "de", Clock(ANCHOR, YEAR, 1))
    check("Het in 2015 gesloten verdrag werd in februari verlengd", "2015 2024-02", "nl", Clock(ANCHOR))
    check("in februari", "2024-02", "nl", Clock(ANCHOR, MONTH, 0))  # before the month that was told


def test_the_clock_goes_on() -> None:
    clock = Clock(ANCHOR).tells(DAY).following()
    assert (clock.told, clock.age) == (DAY, 1)
    assert (clock.following().told, clock.following().age) == (DAY, 2)
    assert clock.tells(MONTH).following() == Clock(ANCHOR, MONTH, 1)


def test_tokens_and_offsets_in_a_longer_document() -> None:
    doc = Tokens(TOKENIZERS["de"]("Er kam an. Schiffe wurden vom 8. bis 13. Oktober entdeckt."))
    sentence = next(doc[t.i : len(doc)] for t in doc if t.text == "Schiffe")
    (found,) = find_times(sentence, "de", Clock(ANCHOR))
    assert doc[found.first : found.last + 1].text == "vom 8. bis 13. Oktober" == found.interval.text
    assert doc.text[found.interval.span.start : found.interval.span.end] == found.interval.text


PIECES = "3 31 2020 2000 19 12.03. , . - / ( ) ' März mars maart May Montag mardi dinsdag last"
PIECES += " vor il y a geleden drei Wochen dernier bis tot since 90er 's €"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join) | st.text(max_size=40),
    st.sampled_from(LANGUAGES),
    st.sampled_from([None, "2020", "2020-10", ANCHOR, "0001-01-01", "9999-12-31", "x"]),
)
def test_odd_input(text: str, language: Language, published: str | None) -> None:
    """Never raises; spans read back, lie in order, and no interval ends before it begins."""
    doc = Tokens(TOKENIZERS[language](text))
    place = 0
    for found in find_times(doc[:], language, Clock(published)):
        interval = found.interval
        assert place <= interval.span.start < interval.span.end <= len(doc.text)
        assert doc.text[interval.span.start : interval.span.end] == interval.text
        assert doc[found.first].idx <= interval.span.start
        assert interval.span.end <= doc[found.last].idx + len(doc[found.last])
        assert interval.earliest is not None or interval.latest is not None
        assert interval.earliest is None or interval.latest is None or interval.earliest <= interval.latest
        place = interval.span.end


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Il a atterri le 12 août 2020. La veille, il était à Amman ; le lendemain, à Téhéran.", "2020-08-12 2020-08-11 2020-08-13"),
        ("en", "Two were held on Sept. 19, 2022, a third, here since 2016, three days later", "2022-09-19 2016.. 2022-09-22"),
        ("de", "Vom 3. bis 7. Juni in Turin, vom 28. Juni bis zum 2. Juli in Rom", "2023-06-03..2023-06-07>2024-06-03..2024-06-07 2023-06-28..2023-07-02>2024-06-28..2024-07-02"),
        ("nl", "Van 28 tot 2 maart 2024 lag het schip stil, tussen 30 en 3 januari 2024 niet", "2024-02-28..2024-03-02 2023-12-30..2024-01-03"),
        ("de", "vom 29. bis 4. Mai 2024, vom 30. bis 2. März 2024", "2024-04-29..2024-05-04"),
        ("de", "Am 3. Juni beginnt es, drei Tage später endet es", "2023-06-03>2024-06-03 2023-06-06>2024-06-06"),
        ("nl", "Begin 2023 verhuisde zij, eind van het jaar ging zij dicht", "2023-01..2023-03 2023-10..2023-12>2024-10..2024-12"),
        ("de", "In der zweiten Julihälfte 2020 und in der ersten Maiwoche 2021", "2020-07-16..2020-07-31 2021-05-01..2021-05-07"),
        ("de", "auf der A 2017", ""),
        ("de", "es verkaufte sich 2010 mal", ""),
        ("de", "bis zum Wochenende", "..2024-03-10>..2024-03-17"),
        ("de", "am 17. des Monats", "2024-03-17"),
    ],
)
def test_one_after_the_other(language: Language, text: str, expected: str) -> None:
    check(text, expected, language, Clock(ANCHOR))
