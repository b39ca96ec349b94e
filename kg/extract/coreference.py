"""What pronouns and pointing noun phrases stand for: a small sieve over number, class, recency and syntax.

After the deterministic sieves of Lee et al. (2013), cut to what news needs: personal and possessive pronouns, "the country", a repeated noun
("the ship"), an office without a name ("the minister"). A pronoun for which nothing fits stays open.
"""

from __future__ import annotations

from functools import cache

from kg.data import load
from kg.extract.candidates import Candidate, candidate, fits, is_somebody, latest, name_of, ranked
from kg.extract.reading import Reading
from kg.extract.sources import relative_noun
from kg.extract.syntax import case_relations, clause_root, closed, has
from kg.extract.tokens import Token
from kg.extract.triggers import match_verb
from kg.records import Kind, Mention

__all__ = ["resolve_pronouns"]

_WINDOW = 3  # sentences
_FAR = 8  # sentences that a person named is remembered
_STEM = 5  # letters from which the end of a compound is taken for its head
_READINGS = 5  # antecedents that a frame may choose among
_DESCRIBING = frozenset({"amod", "nmod", "appos", "flat", "acl", "acl:relcl", "compound", "nummod"})
_NOMINAL_PLACES = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "nmod", "conj"})
_THINGS = frozenset({Kind.COUNTRY, Kind.ORGANIZATION, Kind.VESSEL})
_ACTORS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})


def resolve_pronouns(reading: Reading) -> None:
    """Set what every pronoun and pointing phrase of the article stands for, as far as something fits."""
    seen: list[Candidate] = []
    near: list[Candidate] = []
    for number, sentence in enumerate(reading.sentences):
        near = [one for one in near if number - one.sentence <= _WINDOW]
        for token in sentence:
            if token.is_punct or token.is_space:
                continue
            if antecedents := _antecedents(token, near, seen, number, reading)[:_READINGS]:
                reading.set_antecedents(token, antecedents)
            if members := _members(token, near, reading):
                reading.set_members(token, members)
            told = candidate(token, number, reading)
            if told is not None:
                seen.append(told)
                near.append(told)


def _antecedents(token: Token, near: list[Candidate], seen: list[Candidate], sentence: int, reading: Reading) -> list[Mention]:
    """What a token may stand for, the likeliest first; empty where it stands for itself. ``near`` are those of ``seen`` in the window."""
    if (noun := _modified(token)) is not None:
        mention = reading.mention(noun)
        return [mention] if mention is not None else []
    if token.pos_ in ("PRON", "DET") and not has(token, "PronType", "Art") and (features := reading.lexicon.pronouns.get(token.lower_)):
        return [] if _is_dummy(token, reading) else _pronoun(token, features, near, seen, sentence, reading)
    if aged := _aged(token, near, sentence, reading):
        return aged
    if token.pos_ != "NOUN":
        return []
    labels = set(reading.labels(token))
    mention = reading.mention(token)
    if mention is None or mention.country:
        return []
    bare = "country_noun" in labels and not any(c.dep_ == "det" for c in token.children)  # "laatstgenoemde land"
    if not bare and not _definite(token, reading):
        return []
    if "country_noun" in labels and not has(token, "Number", "Plur"):
        return ranked([c for c in near if c.mention.kind is Kind.COUNTRY and c.token.i < token.i and not _beside(c, token)], sentence)
    if labels & {"government"}:
        return ranked([c for c in near if c.mention.kind is Kind.COUNTRY], sentence)
    same = [c for c in seen if c.token.lemma_.lower() == token.lemma_.lower() and c.mention.country and c.mention.kind == mention.kind]
    if same:
        return [same[-1].mention]
    if not has(token, "Number", "Plur") and not _is_described(token, reading) and (named := _named_before(token, seen, reading)):
        return named
    if token.lower_ in _table(reading)["goods"] and mention.concept is None and not _is_described(token, reading):
        return ranked([c for c in near if c.mention.kind is Kind.CARGO], sentence)
    if "org" in labels and not has(token, "Number", "Plur") and not _is_described(token, reading):
        return ranked([c for c in near if c.mention.kind is Kind.ORGANIZATION and c.token.pos_ == "PROPN"], sentence)
    described = any(c.dep_ in ("amod", "nmod", "appos", "flat", "acl", "acl:relcl") for c in token.children)
    if "office" in labels and not described and not has(token, "Number", "Plur"):
        return ranked([c for c in near if c.mention.kind is Kind.PERSON], sentence)
    if token.lower_ in _table(reading)["persons"] and not _is_described(token, reading):
        return _persons(token, near, sentence, reading)
    return []


def _named_before(token: Token, seen: list[Candidate], reading: Reading) -> list[Mention]:
    """Who or what a noun stood beside as a title: "den Tanker «Suez Rajan» ... der Tanker"; else what a compound of it named: "handelsbedrijf
    ... het bedrijf"."""
    lemma = token.lemma_.lower()
    titled = [c for c in seen if lemma in c.titles]
    if titled:
        return [titled[-1].mention]
    if not reading.lexicon.compounds or len(lemma) < _STEM:
        return []
    mention = reading.mention(token)
    longer = [
        c for c in seen
        if c.token.pos_ == "NOUN" and c.token.lemma_.lower().endswith(lemma) and len(c.token.lemma_) > len(lemma) + 2 and not c.plural
        and mention is not None and c.mention.kind is mention.kind
    ]  # fmt: skip
    return [longer[-1].mention] if longer else []


def _persons(token: Token, near: list[Candidate], sentence: int, reading: Reading) -> list[Mention]:
    """Whom "the man", "die Männer" take up: somebody named before somebody described, and of these the nearest."""
    above, genders = {a.i for a in token.ancestors}, set(token.morph.get("Gender", []))
    before = [c for c in near if c.token.i < token.i and c.token.i not in above]
    if has(token, "Number", "Plur"):
        return ranked([c for c in before if c.mention.kind is Kind.GROUP and c.plural], sentence)
    before = [c for c in before if not c.genders or not genders or c.genders & genders]
    return ranked([c for c in before if c.mention.kind is Kind.PERSON], sentence) or ranked(
        [c for c in before if c.mention.kind is Kind.GROUP and is_somebody(c, reading)], sentence
    )


def _aged(token: Token, near: list[Candidate], sentence: int, reading: Reading) -> list[Mention]:
    """"den 58-Jährigen", whatever part of speech the tagger gave it."""
    if not token.lower_[:1].isdecimal() or token.text.partition("-")[2].lower() not in _table(reading)["aged"] or reading.mention(token) is None:
        return []
    return ranked([c for c in near if c.mention.kind is Kind.PERSON and c.token.i < token.i], sentence)


def _beside(one: Candidate, token: Token) -> bool:
    """Whether a candidate stands beside a word in its own clause: "Teheran sent that country tankers"."""
    return one.token.head.i == token.head.i and one.token.i != token.i and token.dep_ not in ("nmod", "nmod:poss")


def _is_dummy(token: Token, reading: Reading) -> bool:
    """A subject that stands for nothing: "es geht um", "het gaat mis", "il y a"."""
    if token.dep_.startswith("expl"):
        return True
    impersonal = _table(reading)["impersonal"]
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubj:pass") or token.lower_ not in _table(reading)["dummies"]:
        return False
    lemma = verb.lemma_.lower()
    beside = (c.lower_ for child in verb.children for c in (child, *(g for g in child.children if g.dep_ == "case")))
    return lemma in impersonal or any(f"{lemma} {word}" in impersonal for word in beside)


def _is_described(noun: Token, reading: Reading) -> bool:
    """Whether a noun's own words say which one is meant; a phrase of place or time behind it says nothing of that."""
    for child in noun.children:
        if child.dep_ in _DESCRIBING and (child.dep_ != "nmod" or not (found := case_relations(child, reading.lexicon)) or "of" in found):
            return True
    return False


def _modified(token: Token) -> Token | None:
    """The noun of a relative pronoun: one that stands right behind a noun, or behind a comma with a noun before it."""
    clause = token.head
    if token.pos_ not in ("PRON", "DET", "SCONJ") or token.dep_ in ("det", "mark") or token.i <= token.sent.start:
        return None
    if clause.pos_ not in ("VERB", "AUX", "ADJ") or clause.i < token.i or clause.dep_ == "ROOT":
        return None
    return relative_noun(token)


def _pronoun(
    token: Token, features: frozenset[str], near: list[Candidate], seen: list[Candidate], sentence: int, reading: Reading
) -> list[Mention]:
    features = _of_verb(token, features)
    plural = "pl" in features and ("sg" not in features or has(token, "Number", "Plur"))
    possessive = "poss" in features or has(token, "Poss", "Yes")
    if not possessive and (told := _repeated(token, near)) is not None:
        return [told.mention]
    before = [c for c in near if c.token.i < token.i and fits(c, features)]
    if token.dep_ == "nsubj" and match_verb(token.head, reading.lexicon.speech_verbs):
        before = [c for c in before if c.mention.kind in _ACTORS] or before
    if token.pos_ == "PRON" and token.lower_ in _table(reading)["last"]:
        return latest(c for c in before if (c.plural or not plural) and c.token.head.i != token.head.i)
    fitting = before
    if "person" in features and not plural:
        fitting = [c for c in fitting if c.mention.kind is Kind.PERSON or is_somebody(c, reading)] or (
            [c for c in fitting if c.mention.kind is Kind.GROUP and not c.plural] if not possessive else fitting
        )
    elif not plural and features & {"m", "f"} and "n" not in features and "thing" not in features:
        # "er", "elle": somebody before something
        fitting = [c for c in fitting if c.mention.kind is Kind.PERSON or (c.mention.kind is Kind.GROUP and not c.plural)] or fitting
    elif plural:
        fitting = [c for c in fitting if c.plural or c.mention.kind is Kind.GROUP] or [c for c in fitting if c.mention.kind is Kind.ORGANIZATION]
    elif "thing" in features:
        fitting = [c for c in fitting if c.mention.kind in _THINGS or (c.mention.kind is Kind.CARGO and c.subject)]
    else:
        fitting = [c for c in fitting if c.mention.kind in _ACTORS]
    if possessive:
        own = [c for c in fitting if c.sentence == sentence and c.subject]
        if own:
            return [own[-1].mention]
        return ranked(fitting, sentence)
    if not fitting and "person" in features and not plural:  # the one whom an article is about may be some sentences away
        fitting = [c for c in seen if c.mention.kind is Kind.PERSON and sentence - c.sentence <= _FAR]
    # a pronoun is seldom what stands in its own clause
    clause = clause_root(token).i
    free = [c for c in fitting if c.token.head.i != token.head.i and clause_root(c.token).i != clause]
    others = [c for c in before if c.token.head.i != token.head.i and c not in free and _agrees(c, features, token)]
    return [*ranked(free, sentence), *ranked(others, sentence)]


def _of_verb(token: Token, features: frozenset[str]) -> frozenset[str]:
    """The features without the number that the verb speaks against: "sie griff an" is one, "sie griffen an" are many."""
    if not features >= {"sg", "pl"} or token.dep_ not in ("nsubj", "nsubj:pass"):
        return features
    finite = [t for t in (token.head, *(c for c in token.head.children if c.dep_ in ("aux", "aux:pass", "cop"))) if has(t, "VerbForm", "Fin")]
    if any(has(t, "Number", "Plur") for t in finite):
        return features - {"sg"}
    return features - {"pl"} if any(has(t, "Number", "Sing") for t in finite) else features


def _repeated(token: Token, near: list[Candidate]) -> Candidate | None:
    """The subject that a French pronoun between commas takes up: "La Cédéao, elle, a prolongé"."""
    doc, i = token.doc, token.i
    if doc.lang_ != "fr" or not 1 < i < len(doc) - 1 or doc[i - 1].text != "," or doc[i + 1].text != ",":
        return None
    return next((c for c in reversed(near) if c.token.i < i and c.subject and c.token.sent == token.sent), None)


def _agrees(one: Candidate, features: frozenset[str], token: Token) -> bool:
    """Whether number speaks for a candidate that the pronoun's first reading leaves aside: goods and ships above all."""
    if "person" in features:
        return False
    if features >= {"sg", "pl"}:
        return True
    return one.plural is ("pl" in features)


def _members(token: Token, near: list[Candidate], reading: Reading) -> list[Mention]:
    """The two (or three) parties that "both countries", "die beiden", "the two sides", "les trois États" stand for: those told last."""
    number = _how_many(token, reading)
    if number is None:
        return []
    labels = set(reading.labels(token))
    states = "country_noun" in labels or "government" in labels
    if token.pos_ == "NOUN" and not states and not labels & {"org", "party"}:
        return []
    for wanted in ({Kind.COUNTRY},) if states else ({Kind.COUNTRY}, {Kind.COUNTRY, Kind.ORGANIZATION, Kind.PERSON}):
        found = _last([c for c in near if c.mention.kind in wanted], number)
        if len(found) == number:
            return found
    return []


def _last(candidates: list[Candidate], number: int) -> list[Mention]:
    """The last ``number`` different parties, in the order of the text; a body and its state are one party."""
    found: list[Mention] = []
    for one in reversed(candidates):
        mention = one.mention
        if all(name_of(mention) != name_of(m) and (mention.country is None or mention.country != m.country) for m in found):
            found.append(mention)
        if len(found) == number:
            break
    return found[::-1]


def _how_many(token: Token, reading: Reading) -> int | None:
    """How many parties a phrase points to: 2 of "beide landen", "the two countries", "the two"; 3 of "les trois États"."""
    if token.pos_ in ("PRON", "DET", "NUM", "ADJ"):
        return _number(token, token, reading) if token.dep_ in _NOMINAL_PLACES else None
    if token.pos_ != "NOUN":
        return None
    return next((number for c in token.children if c.i < token.i and (number := _number(c, token, reading)) is not None), None)


def _number(word: Token, noun: Token, reading: Reading) -> int | None:
    table = _table(reading)
    if word.lower_ in table["both"]:
        return 2
    number = 2 if word.lower_ in table["two"] else 3 if word.lower_ in table["three"] and word.i != noun.i else None
    return number if number is not None and _definite(noun, reading) else None


def _table(reading: Reading) -> dict[str, frozenset[str]]:
    """The pointing words of a language by class (``kg/data/coreference.yaml``)."""
    return _tables()[reading.language]


@cache
def _tables() -> dict[str, dict[str, frozenset[str]]]:
    tables = load("coreference.yaml", dict[str, dict[str, list[str]]])
    return {language: {name: frozenset(words) for name, words in table.items()} for language, table in tables.items()}


def _definite(token: Token, reading: Reading) -> bool:
    """A noun with a definite article, a demonstrative or a possessive."""
    for child in token.children:
        if child.dep_ in ("det", "det:poss", "nmod:poss"):
            return not (has(child, "Definite", "Ind") or child.lower_ in closed("indefinite", child))
    return False
