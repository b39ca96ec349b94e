"""Who did what to whom: a sentence with its tree, and the event it tells as a line."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.data.gazetteer import gazetteer
from kg.extract.names import NameKind
from kg.records import Kind, Language
from tests.extract.docs import events, frame, text


class Case(NamedTuple):
    """One behaviour: why, in a few words; the sentence; what it tells."""

    why: str
    language: Language
    sentence: str
    tells: str | None
    bug: str = ""  # what goes wrong where it does not tell that yet


VOICE = [
    Case(
        "active",
        "nl",
        "Iran/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] drones/NOUN/obj/leverde aan/ADP/case/Rusland "
        "Rusland/PROPN/obl/leverde ./PUNCT/punct/leverde",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "inverted order: the subject stands behind the verb",
        "nl",
        "Aan/ADP/case/Rusland Rusland/PROPN/obl/leverde leverde/VERB/root[leveren;VerbForm=Fin] Iran/PROPN/nsubj/leverde "
        "drones/NOUN/obj/leverde ./PUNCT/punct/leverde",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "passive with its agent",
        "nl",
        "De/DET/det/drones drones/NOUN/nsubj:pass/geleverd werden/AUX/aux:pass/geleverd[worden] door/ADP/case/Iran "
        "Iran/PROPN/obl:agent/geleverd aan/ADP/case/Rusland Rusland/PROPN/obl/geleverd geleverd/VERB/root[leveren;VerbForm=Part] "
        "./PUNCT/punct/geleverd",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "passive without an agent leaves the agent open",
        "nl",
        "De/DET/det/drones drones/NOUN/nsubj:pass/geleverd zijn/AUX/aux:pass/geleverd aan/ADP/case/Rusland "
        "Rusland/PROPN/obl/geleverd geleverd/VERB/root[leveren;VerbForm=Part] ./PUNCT/punct/geleverd",
        "Shipment patient=RU object=drone",
    ),
    Case(
        "German passive: von is the agent's",
        "de",
        "Die/DET/det/Raketen Raketen/NOUN/nsubj:pass/geliefert wurden/AUX/aux:pass/geliefert[werden] von/ADP/case/Nordkorea "
        "Nordkorea/PROPN/obl:agent/geliefert nach/ADP/case/Russland Russland/PROPN/obl/geliefert geliefert/VERB/root[liefern;VerbForm=Part] "
        "./PUNCT/punct/geliefert",
        "Shipment agent=KP patient=RU object=missile",
    ),
    Case(
        "German active: von is the supplier's",
        "de",
        "Russland/PROPN/nsubj/kaufte kaufte/VERB/root[kaufen;VerbForm=Fin] Raketen/NOUN/obj/kaufte von/ADP/case/Nordkorea "
        "Nordkorea/PROPN/obl/kaufte ./PUNCT/punct/kaufte",
        "Shipment agent=KP patient=RU object=missile",
    ),
    Case(
        "English passive",
        "en",
        "The/DET/det/drones drones/NOUN/nsubj:pass/supplied were/AUX/aux:pass/supplied[be] supplied/VERB/root[supply;VerbForm=Part] "
        "to/ADP/case/Russia Russia/PROPN/obl/supplied by/ADP/case/Iran Iran/PROPN/obl/supplied ./PUNCT/punct/supplied",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "French passive in the perfect",
        "fr",
        "Les/DET/det/drones drones/NOUN/nsubj:pass/livrés ont/AUX/aux:tense/livrés[avoir] été/AUX/aux:pass/livrés[être] "
        "livrés/VERB/root[livrer;VerbForm=Part] à/ADP/case/Russie la/DET/det/Russie Russie/PROPN/obl:arg/livrés par/ADP/case/Iran "
        "l'/DET/det/Iran Iran/PROPN/obl:agent/livrés ./PUNCT/punct/livrés",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "perfect is no passive, even where the parser calls its subject one",
        "nl",
        "Iran/PROPN/nsubj:pass/geleverd heeft/AUX/aux/geleverd[hebben] drones/NOUN/obj/geleverd aan/ADP/case/Rusland "
        "Rusland/PROPN/obl/geleverd geleverd/VERB/root[leveren;VerbForm=Part] ./PUNCT/punct/geleverd",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "buying turns the roles round",
        "en",
        "Russia/PROPN/nsubj/bought bought/VERB/root[buy;VerbForm=Fin] drones/NOUN/obj/bought from/ADP/case/Iran Iran/PROPN/obl/bought "
        "./PUNCT/punct/bought",
        "Shipment agent=IR patient=RU object=drone",
    ),
]

CONTROL = [
    Case(
        "subject control",
        "nl",
        "Iran/PROPN/nsubj/wil wil/VERB/root[willen;VerbForm=Fin] drones/NOUN/obj/leveren aan/ADP/case/Rusland Rusland/PROPN/obl/leveren "
        "leveren/VERB/xcomp/wil[VerbForm=Inf] ./PUNCT/punct/wil",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "object control: who is asked is to deliver",
        "de",
        "Kiew/PROPN/nsubj/bat bat/VERB/root[bitten;VerbForm=Fin] Frankreich/PROPN/obj/bat ,/PUNCT/punct/liefern Panzer/NOUN/obj/liefern "
        "zu/PART/mark/liefern liefern/VERB/xcomp/bat[VerbForm=Inf] ./PUNCT/punct/bat",
        "Shipment agent=FR object=tank",
    ),
    Case(
        "passive governor: its subject is asked",
        "en",
        "Seoul/PROPN/nsubj:pass/asked was/AUX/aux:pass/asked[be] asked/VERB/root[ask;VerbForm=Part] to/PART/mark/send "
        "send/VERB/xcomp/asked[VerbForm=Inf] weapons/NOUN/obj/send to/ADP/case/Ukraine Ukraine/PROPN/obl/send ./PUNCT/punct/asked",
        "Shipment agent=KR patient=UA object=weapon",
    ),
    Case(
        "adverbial clause without a subject takes that of the clause above",
        "nl",
        "Iran/PROPN/nsubj/verdient verdient/VERB/root[verdienen;VerbForm=Fin] geld/NOUN/obj/verdient door/ADP/mark/leveren "
        "drones/NOUN/obj/leveren te/PART/mark/leveren leveren/VERB/advcl/verdient[VerbForm=Inf] aan/ADP/case/Rusland "
        "Rusland/PROPN/obl/leveren ./PUNCT/punct/verdient",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "conjoined verb takes the first one's subject",
        "fr",
        "La/DET/det/Corée Corée/PROPN/nsubj/nie du/ADP/case/Nord Nord/PROPN/nmod/Corée nie/VERB/root[nier;VerbForm=Fin] et/CCONJ/cc/livre "
        "livre/VERB/conj/nie[livrer;VerbForm=Fin] des/DET/det/obus obus/NOUN/obj/livre à/ADP/case/Russie la/DET/det/Russie "
        "Russie/PROPN/obl:arg/livre ./PUNCT/punct/nie",
        "Shipment agent=KP patient=RU object=projectile",
    ),
]

RELATIVE = [
    Case(
        "relative pronoun as object",
        "nl",
        "De/DET/det/drones drones/NOUN/nsubj/zijn die/PRON/obj/leverde Iran/PROPN/nsubj/leverde aan/ADP/case/Rusland Rusland/PROPN/obl/leverde "
        "leverde/VERB/acl:relcl/drones[leveren;VerbForm=Fin] zijn/VERB/root kapot/ADJ/xcomp/zijn ./PUNCT/punct/zijn",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "relative pronoun as subject",
        "de",
        "Ein/DET/det/Unternehmen[Definite=Ind] Unternehmen/NOUN/nsubj/schweigt ,/PUNCT/punct/lieferte das/PRON/nsubj/lieferte "
        "Chips/NOUN/obj/lieferte nach/ADP/case/Russland Russland/PROPN/obl/lieferte lieferte/VERB/acl:relcl/Unternehmen[liefern;VerbForm=Fin] "
        ",/PUNCT/punct/lieferte schweigt/VERB/root[schweigen;VerbForm=Fin] ./PUNCT/punct/schweigt",
        "Shipment agent=Unternehmen patient=RU object=chip",
    ),
    Case(
        "relative clause without its pronoun",
        "en",
        "The/DET/det/drones drones/NOUN/nsubj/failed Iran/PROPN/nsubj/supplied supplied/VERB/acl:relcl/drones[supply;VerbForm=Fin] "
        "to/ADP/case/Russia Russia/PROPN/obl/supplied failed/VERB/root[fail;VerbForm=Fin] ./PUNCT/punct/failed",
        "Shipment agent=IR patient=RU object=drone",
        "supply is equip and ship; equip asks for an actor as object and takes the subject, offered a second time as a stray object",
    ),
    Case(
        "que is the object of its clause",
        "fr",
        "Les/DET/det/drones drones/NOUN/nsubj/explosent que/PRON/obj/livré l'/DET/det/Iran Iran/PROPN/nsubj/livré a/AUX/aux:tense/livré[avoir] "
        "livré/VERB/acl:relcl/drones[livrer;VerbForm=Part] explosent/VERB/root[exploser;VerbForm=Fin] ./PUNCT/punct/explosent",
        "Shipment agent=IR object=drone",
    ),
]

PARTICIPLES = [
    Case(
        "past participle with its agent",
        "nl",
        "Door/ADP/case/Iran Iran/PROPN/obl:agent/geleverde geleverde/ADJ/amod/drones[leveren;VerbForm=Part] drones/NOUN/nsubj/ontploften "
        "ontploften/VERB/root[ontploffen;VerbForm=Fin] ./PUNCT/punct/ontploften",
        "Shipment agent=IR object=drone",
    ),
    Case(
        "past participle alone points back and tells nothing new",
        "nl",
        "De/DET/det/munitie geleverde/ADJ/amod/munitie[leveren;VerbForm=Part] munitie/NOUN/nsubj/ontplofte "
        "ontplofte/VERB/root[ontploffen;VerbForm=Fin] ./PUNCT/punct/ontplofte",
        None,
    ),
    Case(
        "German extended participle",
        "de",
        "Die/DET/det/Drohnen vom/ADP/case/Iran[von] Iran/PROPN/obl:agent/gelieferten gelieferten/ADJ/amod/Drohnen[liefern;VerbForm=Part] "
        "Drohnen/NOUN/nsubj/verschwanden verschwanden/VERB/root[verschwinden;VerbForm=Fin] ./PUNCT/punct/verschwanden",
        "Shipment agent=IR object=drone",
    ),
    Case(
        "English participle behind its noun",
        "en",
        "Drones/NOUN/nsubj/vanished supplied/VERB/acl/Drones[supply;VerbForm=Part;Tense=Past] by/ADP/case/Iran Iran/PROPN/obl:agent/supplied "
        "vanished/VERB/root[vanish;VerbForm=Fin] ./PUNCT/punct/vanished",
        "Shipment agent=IR object=drone",
    ),
    Case(
        "present participle: its noun does it",
        "en",
        "The/DET/det/company company/NOUN/nsubj/denied supplying/VERB/acl/company[supply;VerbForm=Part;Tense=Pres] drones/NOUN/obj/supplying "
        "to/ADP/case/Russia Russia/PROPN/obl/supplying denied/VERB/root[deny;VerbForm=Fin] it/PRON/obj/denied ./PUNCT/punct/denied",
        "Shipment agent=company patient=RU object=drone",
    ),
]

CONJUNCTS = [
    Case(
        "two suppliers",
        "nl",
        "Iran/PROPN/nsubj/leveren en/CCONJ/cc/China China/PROPN/conj/Iran leveren/VERB/root[VerbForm=Fin] drones/NOUN/obj/leveren "
        "aan/ADP/case/Rusland Rusland/PROPN/obl/leveren ./PUNCT/punct/leveren",
        "Shipment agent=IR+CN patient=RU object=drone",
    ),
    Case(
        "two goods, one of them after a comma",
        "en",
        "Iran/PROPN/nsubj/supplied supplied/VERB/root[supply;VerbForm=Fin] drones/NOUN/obj/supplied ,/PUNCT/punct/missiles "
        "missiles/NOUN/conj/drones and/CCONJ/cc/ammunition ammunition/NOUN/conj/drones to/ADP/case/Russia Russia/PROPN/obl/supplied "
        "./PUNCT/punct/supplied",
        "Shipment agent=IR patient=RU object=drone+missile+ammunition",
        "supply is equip and ship; equip asks for an actor as object and takes the subject, offered a second time as a stray object",
    ),
    Case(
        "two recipients under one preposition",
        "fr",
        "L'/DET/det/Iran Iran/PROPN/nsubj/livre livre/VERB/root[livrer;VerbForm=Fin] des/DET/det/drones drones/NOUN/obj/livre "
        "à/ADP/case/Russie la/DET/det/Russie Russie/PROPN/obl:arg/livre et/CCONJ/cc/Syrie à/ADP/case/Syrie la/DET/det/Syrie "
        "Syrie/PROPN/conj/Russie ./PUNCT/punct/livre",
        "Shipment agent=IR patient=RU+SY object=drone",
    ),
    Case(
        "with names a second party of a meeting",
        "de",
        "Kim/PROPN/nsubj/traf[@PER] Jong/PROPN/flat:name/Kim[@PER] Un/PROPN/flat:name/Kim[@PER] traf/VERB/root[treffen;VerbForm=Fin] "
        "Wladimir/PROPN/obj/traf[@PER] Putin/PROPN/flat:name/Wladimir[@PER] in/ADP/case/Wladiwostok Wladiwostok/PROPN/obl/traf[@LOC] "
        "./PUNCT/punct/traf",
        "Meeting participant=Kim Jong Un+Wladimir Putin place=Wladiwostok",
    ),
]

RECIPIENTS = [
    Case(
        "bare dative",
        "de",
        "Iran/PROPN/nsubj/liefert liefert/VERB/root[liefern;VerbForm=Fin] Russland/PROPN/iobj/liefert[Case=Dat] Drohnen/NOUN/obj/liefert[Case=Acc] "
        "./PUNCT/punct/liefert",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "double object",
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] Russia/PROPN/iobj/sold drones/NOUN/obj/sold ./PUNCT/punct/sold",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "phrase hung on the noun before it still tells the recipient",
        "de",
        "Iran/PROPN/nsubj/liefert liefert/VERB/root[liefern;VerbForm=Fin] Drohnen/NOUN/obj/liefert nach/ADP/case/Russland "
        "Russland/PROPN/nmod/Drohnen ./PUNCT/punct/liefert",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "a port is where it goes, not who gets it",
        "en",
        "Iran/PROPN/nsubj/shipped shipped/VERB/root[ship;VerbForm=Fin] oil/NOUN/obj/shipped to/ADP/case/port the/DET/det/port "
        "port/NOUN/obl/shipped ./PUNCT/punct/shipped",
        "Shipment agent=IR object=oil destination=port",
    ),
    Case(
        "via a third country",
        "nl",
        "China/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] chips/NOUN/obj/leverde via/ADP/case/Kazachstan "
        "Kazachstan/PROPN/obl/leverde aan/ADP/case/Rusland Rusland/PROPN/obl/leverde ./PUNCT/punct/leverde",
        "Shipment agent=CN patient=RU object=chip intermediary=KZ",
    ),
    Case(
        "the tankers carry, the petrol is sent",
        "nl",
        "Rusland/PROPN/nsubj/stuurde stuurde/VERB/root[sturen;VerbForm=Fin] vijf/NUM/nummod/tankers tankers/NOUN/obj/stuurde met/ADP/case/benzine "
        "benzine/NOUN/nmod/tankers naar/ADP/case/Syrië Syrië/PROPN/obl/stuurde ./PUNCT/punct/stuurde",
        "Shipment agent=RU patient=SY object=petrol instrument=oil-tanker",
    ),
    Case(
        "goods that arrive",
        "de",
        "Raketen/NOUN/nsubj/trafen aus/ADP/case/Iran Iran/PROPN/nmod/Raketen trafen/VERB/root[treffen;VerbForm=Fin] in/ADP/case/Syrien "
        "Syrien/PROPN/obl/trafen ein/ADP/compound:prt/trafen ./PUNCT/punct/trafen",
        "Shipment patient=SY object=missile origin=IR",
    ),
    Case(
        "tanks that arrive are goods, though a tank is a vehicle",
        "de",
        "Panzer/NOUN/nsubj/trafen aus/ADP/case/Polen Polen/PROPN/nmod/Panzer trafen/VERB/root[treffen;VerbForm=Fin] in/ADP/case/Syrien "
        "Syrien/PROPN/obl/trafen ein/ADP/compound:prt/trafen ./PUNCT/punct/trafen",
        "Shipment agent=PL patient=SY object=tank",
        "tanks stand under vehicle, so they count as carriers, never as freight",
    ),
    Case(
        "a ship that brings is an instrument",
        "nl",
        "Een/DET/det/vrachtschip[Definite=Ind] vrachtschip/NOUN/nsubj/bracht bracht/VERB/root[brengen;VerbForm=Fin] munitie/NOUN/obj/bracht "
        "naar/ADP/case/Rusland Rusland/PROPN/obl/bracht ./PUNCT/punct/bracht",
        "Shipment patient=RU object=ammunition instrument=cargo-ship",
    ),
]

NOUNS = [
    Case(
        "object of van, recipient of aan, supplier of door",
        "nl",
        "De/DET/det/levering levering/NOUN/nsubj/stopt van/ADP/case/drones drones/NOUN/nmod/levering door/ADP/case/Iran Iran/PROPN/nmod/levering "
        "aan/ADP/case/Rusland Rusland/PROPN/nmod/levering stopt/VERB/root[stoppen;VerbForm=Fin] ./PUNCT/punct/stopt",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "goods as first part of a compound",
        "nl",
        "Wapenleveringen/NOUN/nsubj/stoppen aan/ADP/case/Rusland Rusland/PROPN/nmod/Wapenleveringen stoppen/VERB/root[VerbForm=Fin] "
        "./PUNCT/punct/stoppen",
        "Shipment patient=RU object=weapon",
    ),
    Case(
        "compound with a linking letter and a demonym before it",
        "de",
        "Nordkoreanische/ADJ/amod/Munitionslieferungen[nordkoreanisch] Munitionslieferungen/NOUN/nsubj/stören an/ADP/case/Russland "
        "Russland/PROPN/nmod/Munitionslieferungen stören/VERB/root[VerbForm=Fin] ./PUNCT/punct/stören",
        "Shipment agent=KP patient=RU object=ammunition",
    ),
    Case(
        "goods written apart",
        "en",
        "Arms/NOUN/compound/deliveries deliveries/NOUN/nsubj/continue to/ADP/case/Ukraine Ukraine/PROPN/nmod/deliveries "
        "continue/VERB/root[VerbForm=Fin] ./PUNCT/punct/continue",
        "Shipment patient=UA object=weapon",
    ),
    Case(
        "English genitive supplies",
        "en",
        "Iran/PROPN/nmod:poss/deliveries 's/PART/case/Iran deliveries/NOUN/nsubj/continue of/ADP/case/drones drones/NOUN/nmod/deliveries "
        "to/ADP/case/Russia Russia/PROPN/nmod/deliveries continue/VERB/root[VerbForm=Fin] ./PUNCT/punct/continue",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "a genitive supplier where no goods are named",
        "en",
        "Iran/PROPN/nmod:poss/deliveries 's/PART/case/Iran deliveries/NOUN/nsubj/continue to/ADP/case/Russia Russia/PROPN/nmod/deliveries "
        "continue/VERB/root[VerbForm=Fin] ./PUNCT/punct/continue",
        "Shipment agent=IR patient=RU",
    ),
    Case(
        "German genitive before the noun",
        "de",
        "Irans/PROPN/nmod/Lieferung[Iran;Case=Gen] Lieferung/NOUN/nsubj/stockt von/ADP/case/Drohnen Drohnen/NOUN/nmod/Lieferung an/ADP/case/Russland "
        "Russland/PROPN/nmod/Lieferung stockt/VERB/root[stocken;VerbForm=Fin] ./PUNCT/punct/stockt",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "demonym behind the noun",
        "fr",
        "La/DET/det/livraison livraison/NOUN/nsubj/continue iranienne/ADJ/amod/livraison[iranien] de/ADP/case/drones "
        "drones/NOUN/nmod/livraison à/ADP/case/Russie la/DET/det/Russie Russie/PROPN/nmod/livraison "
        "continue/VERB/root[continuer;VerbForm=Fin] ./PUNCT/punct/continue",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "conjoined event noun shares what follows both",
        "nl",
        "De/DET/det/verkoop verkoop/NOUN/nsubj/stopt en/CCONJ/cc/import import/NOUN/conj/verkoop van/ADP/case/steenkool "
        "steenkool/NOUN/nmod/verkoop stopt/VERB/root[stoppen;VerbForm=Fin] ./PUNCT/punct/stopt",
        "Shipment object=coal",
    ),
    Case(
        "light verb lends its subject",
        "de",
        "Seoul/PROPN/nsubj/führte führte/VERB/root[führen;VerbForm=Fin] einen/DET/det/Raketentest[Definite=Ind] Raketentest/NOUN/obj/führte "
        "durch/ADP/compound:prt/führte ./PUNCT/punct/führte",
        "WeaponTest agent=KR object=missile",
    ),
    Case(
        "passive light verb lends its agent",
        "nl",
        "Een/DET/det/kernproef[Definite=Ind] kernproef/NOUN/nsubj:pass/uitgevoerd werd/AUX/aux:pass/uitgevoerd[worden] door/ADP/case/India "
        "India/PROPN/obl:agent/uitgevoerd uitgevoerd/VERB/root[uitvoeren;VerbForm=Part] ./PUNCT/punct/uitgevoerd",
        "WeaponTest agent=IN",
    ),
    Case(
        "another verb lends nothing",
        "en",
        "Japan/PROPN/nsubj/condemned condemned/VERB/root[condemn;VerbForm=Fin] the/DET/det/test nuclear/ADJ/amod/test test/NOUN/obj/condemned "
        "by/ADP/case/India India/PROPN/nmod/test ./PUNCT/punct/condemned",
        "WeaponTest agent=IN",
    ),
]

OBJECT_CLASS = [
    Case(
        "goods: a shipment",
        "nl",
        "Noord-Korea/PROPN/nsubj/stuurde stuurde/VERB/root[sturen;VerbForm=Fin] granaten/NOUN/obj/stuurde naar/ADP/case/Rusland "
        "Rusland/PROPN/obl/stuurde ./PUNCT/punct/stuurde",
        "Shipment agent=KP patient=RU object=projectile",
    ),
    Case(
        "soldiers: a deployment",
        "nl",
        "Noord-Korea/PROPN/nsubj/stuurde stuurde/VERB/root[sturen;VerbForm=Fin] soldaten/NOUN/obj/stuurde naar/ADP/case/Rusland "
        "Rusland/PROPN/obl/stuurde ./PUNCT/punct/stuurde",
        "Deployment agent=KP object=soldaten destination=RU",
    ),
    Case(
        "workers: labour, and the state sends, the workers are who is sent",
        "nl",
        "Noord-Korea/PROPN/nsubj/stuurde stuurde/VERB/root[sturen;VerbForm=Fin] arbeiders/NOUN/obj/stuurde naar/ADP/case/Rusland "
        "Rusland/PROPN/obl/stuurde ./PUNCT/punct/stuurde",
        "LaborExport agent=KP patient=RU object=arbeiders",
    ),
    Case(
        "aid: assistance",
        "nl",
        "China/PROPN/nsubj/verleende verleende/VERB/root[verlenen;VerbForm=Fin] Syrië/PROPN/iobj/verleende militaire/ADJ/amod/steun "
        "steun/NOUN/obj/verleende ./PUNCT/punct/verleende",
        "Assistance agent=CN patient=SY object=militaire steun",
    ),
    Case(
        "a letter: nothing that we tell",
        "nl",
        "China/PROPN/nsubj/stuurde stuurde/VERB/root[sturen;VerbForm=Fin] een/DET/det/brief[Definite=Ind] brief/NOUN/obj/stuurde naar/ADP/case/Syrië "
        "Syrië/PROPN/obl/stuurde ./PUNCT/punct/stuurde",
        None,
    ),
    Case(
        "German soldiers",
        "de",
        "Nordkorea/PROPN/nsubj/entsandte entsandte/VERB/root[entsenden;VerbForm=Fin] Soldaten/NOUN/obj/entsandte nach/ADP/case/Russland "
        "Russland/PROPN/obl/entsandte ./PUNCT/punct/entsandte",
        "Deployment agent=KP object=Soldaten destination=RU",
    ),
    Case(
        "English workers in the passive",
        "en",
        "Workers/NOUN/nsubj:pass/sent were/AUX/aux:pass/sent[be] sent/VERB/root[send;VerbForm=Part] to/ADP/case/Russia Russia/PROPN/obl/sent "
        "by/ADP/case/Pyongyang Pyongyang/PROPN/obl:agent/sent ./PUNCT/punct/sent",
        "LaborExport agent=KP patient=RU object=Workers",
    ),
    Case(
        "French troops",
        "fr",
        "La/DET/det/Russie Russie/PROPN/nsubj/déployé a/AUX/aux:tense/déployé[avoir] déployé/VERB/root[déployer;VerbForm=Part] "
        "des/DET/det/soldats soldats/NOUN/obj/déployé en/ADP/case/Syrie Syrie/PROPN/obl/déployé ./PUNCT/punct/déployé",
        "Deployment agent=RU object=soldats destination=SY",
    ),
    Case(
        "a nuclear test is no delivery of a launch",
        "en",
        "India/PROPN/nsubj/tested tested/VERB/root[test;VerbForm=Fin] a/DET/det/missile[Definite=Ind] missile/NOUN/obj/tested ./PUNCT/punct/tested",
        "WeaponTest agent=IN object=missile",
    ),
    Case(
        "testing a vaccine is no weapon test",
        "en",
        "India/PROPN/nsubj/tested tested/VERB/root[test;VerbForm=Fin] a/DET/det/vaccine[Definite=Ind] vaccine/NOUN/obj/tested ./PUNCT/punct/tested",
        None,
    ),
]

SANCTIONS = [
    Case(
        "imposed on a country",
        "nl",
        "Japan/PROPN/nsubj/legde legde/VERB/root[leggen;VerbForm=Fin] Rusland/PROPN/iobj/legde sancties/NOUN/obj/legde op/ADP/compound:prt/legde "
        "./PUNCT/punct/legde",
        "Sanction agent=JP patient=RU object=sancties",
    ),
    Case(
        "against",
        "de",
        "Japan/PROPN/nsubj/verhängte verhängte/VERB/root[verhängen;VerbForm=Fin] Sanktionen/NOUN/obj/verhängte gegen/ADP/case/Russland "
        "Russland/PROPN/nmod/Sanktionen ./PUNCT/punct/verhängte",
        "Sanction agent=JP patient=RU object=Sanktionen",
    ),
    Case(
        "a noun with its demonym and target",
        "fr",
        "Les/DET/det/sanctions sanctions/NOUN/nsubj/durent japonaises/ADJ/amod/sanctions[japonais] contre/ADP/case/Russie la/DET/det/Russie "
        "Russie/PROPN/nmod/sanctions durent/VERB/root[durer;VerbForm=Fin] ./PUNCT/punct/durent",
        "Sanction agent=JP patient=RU object=sanctions japonaises",
    ),
    Case(
        "a noun without a target tells none",
        "en",
        "Sanctions/NOUN/nsubj/hurt hurt/VERB/root[VerbForm=Fin] ./PUNCT/punct/hurt",
        None,
    ),
    Case(
        "a verb of its own",
        "en",
        "Japan/PROPN/nsubj/sanctioned sanctioned/VERB/root[sanction;VerbForm=Fin] two/NUM/nummod/banks banks/NOUN/obj/sanctioned "
        "./PUNCT/punct/sanctioned",
        "Sanction agent=JP patient=banks",
    ),
    Case(
        "evading them is another event",
        "nl",
        "Noord-Korea/PROPN/nsubj/omzeilt omzeilt/VERB/root[omzeilen;VerbForm=Fin] de/DET/det/sancties sancties/NOUN/obj/omzeilt "
        "./PUNCT/punct/omzeilt",
        "SanctionsEvasion agent=KP object=sancties",
    ),
]

CASUALTIES = [
    Case(
        "counted",
        "nl",
        "Bij/ADP/case/ontploffing de/DET/det/ontploffing ontploffing/NOUN/obl/vielen vielen/VERB/root[vallen;VerbForm=Fin] twintig/NUM/nummod/doden "
        "doden/NOUN/nsubj/vielen ./PUNCT/punct/vielen",
        "Casualty patient=doden",
    ),
    Case(
        "merely mentioned",
        "nl",
        "De/DET/det/stad stad/NOUN/nsubj/herdenkt herdenkt/VERB/root[herdenken;VerbForm=Fin] de/DET/det/doden doden/NOUN/obj/herdenkt "
        "./PUNCT/punct/herdenkt",
        None,
    ),
    Case(
        "killed in the passive, with a place",
        "en",
        "Three/NUM/nummod/soldiers soldiers/NOUN/nsubj:pass/killed were/AUX/aux:pass/killed[be] killed/VERB/root[kill;VerbForm=Part] "
        "in/ADP/case/Syria Syria/PROPN/obl/killed ./PUNCT/punct/killed",
        "Casualty patient=soldiers place=SY",
    ),
    Case(
        "German counted injured",
        "de",
        "Es/PRON/expl/gab gab/VERB/root[geben;VerbForm=Fin] fünf/NUM/nummod/Verletzte Verletzte/NOUN/obj/gab ./PUNCT/punct/gab",
        "Casualty patient=Verletzte",
    ),
    Case(
        "dying needs no killer",
        "fr",
        "Deux/NUM/nummod/soldats soldats/NOUN/nsubj/morts sont/AUX/aux:tense/morts[être] morts/VERB/root[mourir;VerbForm=Part] "
        "en/ADP/case/Ukraine Ukraine/PROPN/obl/morts ./PUNCT/punct/morts",
        "Casualty patient=soldats place=UA",
    ),
]

OTHERS = [
    Case(
        "swapped by the parser: police seize goods, goods seize no police",
        "nl",
        "Gisteren/ADV/advmod/nam nam/VERB/root[nemen;VerbForm=Fin] de/DET/det/politie politie/NOUN/obj/nam munitie/NOUN/nsubj/nam in/ADP/case/beslag "
        "beslag/NOUN/obl/nam ./PUNCT/punct/nam",
        "Seizure agent=politie object=ammunition",
    ),
    Case(
        "swapped by the parser: a state supplies drones, drones supply no state",
        "nl",
        "Gisteren/ADV/advmod/leverde leverde/VERB/root[leveren;VerbForm=Fin] Iran/PROPN/obj/leverde drones/NOUN/nsubj/leverde "
        "aan/ADP/case/Rusland Rusland/PROPN/obl/leverde ./PUNCT/punct/leverde",
        "Shipment agent=IR patient=RU object=drone",
    ),
    Case(
        "talking with somebody is a meeting",
        "en",
        "Putin/PROPN/nsubj/talked[@PER] talked/VERB/root[talk;VerbForm=Fin] with/ADP/case/Kim Kim/PROPN/obl/talked[@PER] in/ADP/case/Moscow "
        "Moscow/PROPN/obl/talked ./PUNCT/punct/talked",
        "Meeting participant=Putin+Kim place=Moscow",
    ),
    Case(
        "expelled from the country that expels",
        "de",
        "Polen/PROPN/nsubj/wies wies/VERB/root[weisen;VerbForm=Fin] zwei/NUM/nummod/Diplomaten russische/ADJ/amod/Diplomaten[russisch] "
        "Diplomaten/NOUN/obj/wies aus/ADP/compound:prt/wies ./PUNCT/punct/wies",
        "Expulsion agent=PL patient=russische Diplomaten place=PL",
    ),
    Case(
        "arrested for something",
        "en",
        "Police/NOUN/nsubj/arrested arrested/VERB/root[arrest;VerbForm=Fin] two/NUM/nummod/men men/NOUN/obj/arrested in/ADP/case/Rotterdam "
        "Rotterdam/PROPN/obl/arrested[@LOC] ./PUNCT/punct/arrested",
        "Arrest agent=Police patient=men place=Rotterdam",
    ),
    Case(
        "convicted to a penalty",
        "nl",
        "De/DET/det/rechtbank rechtbank/NOUN/nsubj/veroordeelde veroordeelde/VERB/root[veroordelen;VerbForm=Fin] de/DET/det/spion "
        "spion/NOUN/obj/veroordeelde tot/ADP/case/celstraf een/DET/det/celstraf[Definite=Ind] celstraf/NOUN/obl/veroordeelde "
        "./PUNCT/punct/veroordeelde",
        "Conviction agent=rechtbank patient=spion object=celstraf",
    ),
    Case(
        "an attack with a weapon",
        "de",
        "Russland/PROPN/nsubj/griff griff/VERB/root[greifen;VerbForm=Fin] Kiew/PROPN/obj/griff mit/ADP/case/Drohnen Drohnen/NOUN/obl/griff "
        "an/ADP/compound:prt/griff ./PUNCT/punct/griff",
        "Attack agent=RU patient=UA instrument=drone",
    ),
    Case(
        "the victim of an invasion stands behind of",
        "en",
        "Russia/PROPN/nmod:poss/invasion 's/PART/case/Russia invasion/NOUN/nsubj/continues of/ADP/case/Ukraine Ukraine/PROPN/nmod/invasion "
        "continues/VERB/root[continue;VerbForm=Fin] ./PUNCT/punct/continues",
        "Attack agent=RU patient=UA",
    ),
    Case(
        "an agreement between two",
        "fr",
        "La/DET/det/Russie Russie/PROPN/nsubj/signé et/CCONJ/cc/Iran l'/DET/det/Iran Iran/PROPN/conj/Russie ont/AUX/aux:tense/signé[avoir] "
        "signé/VERB/root[signer;VerbForm=Part] un/DET/det/traité[Definite=Ind] traité/NOUN/obj/signé ./PUNCT/punct/signé",
        "Agreement participant=RU+IR object=traité",
    ),
    Case(
        "a visit: the host country is the place",
        "nl",
        "Poetin/PROPN/nsubj/bezocht[@PER] bezocht/VERB/root[bezoeken;VerbForm=Fin] Noord-Korea/PROPN/obj/bezocht ./PUNCT/punct/bezocht",
        "Meeting participant=Poetin place=KP",
    ),
    Case(
        "stolen crypto",
        "en",
        "North/ADJ/amod/hackers Korean/ADJ/amod/hackers hackers/NOUN/nsubj/stole stole/VERB/root[steal;VerbForm=Fin] bitcoin/NOUN/obj/stole "
        "./PUNCT/punct/stole",
        "CyberOperation agent=North Korean hackers object=cryptocurrency",
    ),
    Case(
        "a pronoun for which nothing fits fills no role",
        "en",
        "They/PRON/nsubj/supplied supplied/VERB/root[supply;VerbForm=Fin] drones/NOUN/obj/supplied to/ADP/case/Russia Russia/PROPN/obl/supplied "
        "./PUNCT/punct/supplied",
        "Shipment patient=RU object=drone",
    ),
    Case(
        "a time fills no role",
        "nl",
        "Iran/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] drones/NOUN/obj/leverde in/ADP/case/maart maart/NOUN/obl/leverde "
        "./PUNCT/punct/leverde",
        "Shipment agent=IR object=drone",
    ),
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{group}: {case.why}", marks=[pytest.mark.xfail(strict=True, reason=case.bug)] if case.bug else [])
        for group, cases in {
            "voice": VOICE,
            "control": CONTROL,
            "relative": RELATIVE,
            "participle": PARTICIPLES,
            "conjuncts": CONJUNCTS,
            "recipient": RECIPIENTS,
            "noun": NOUNS,
            "object class": OBJECT_CLASS,
            "sanctions": SANCTIONS,
            "casualties": CASUALTIES,
            "other": OTHERS,
        }.items()
        for case in cases
    ],
)
def test_event(case: Case) -> None:
    assert frame(case.language, case.sentence) == case.tells


def _plain_names(language: Language) -> list[str]:
    """Names of states in one word that mean nothing else."""
    known = gazetteer()
    found = []
    for code in known.codes():
        name = known.label(code, language)
        single = name.isalpha() and name[0].isupper() and not known.ambiguous(name)
        if single and known.capital(name, language) is None and known.country(name, language) == code:
            found.append(name)
    return found


@settings(max_examples=25, deadline=None)
@given(st.permutations(_plain_names("nl")).map(lambda names: names[:2]), st.sampled_from(["drones", "steenkool", "raketten", "tarwe", "uranium"]))
def test_active_passive_and_relative_clause_tell_the_same(states: list[str], goods: str) -> None:
    giver, taker = states
    active = f"{giver}/PROPN/nsubj/leverde leverde/VERB/root {goods}/NOUN/obj/leverde aan/ADP/case/{taker} {taker}/PROPN/obl/leverde"
    passive = (
        f"{goods}/NOUN/nsubj:pass/geleverd werden/AUX/aux:pass/geleverd[worden] door/ADP/case/{giver} {giver}/PROPN/obl:agent/geleverd "
        f"aan/ADP/case/{taker} {taker}/PROPN/obl/geleverd geleverd/VERB/root[VerbForm=Part]"
    )
    relative = (
        f"{goods}/NOUN/nsubj/bleven die/PRON/obj/leverde {giver}/PROPN/nsubj/leverde aan/ADP/case/{taker} {taker}/PROPN/obl/leverde "
        f"leverde/VERB/acl:relcl/{goods} bleven/VERB/root"
    )
    told = frame("nl", active)
    assert told is not None
    assert "agent=" in told
    assert frame("nl", passive) == told == frame("nl", relative)


def test_the_four_languages_tell_the_same() -> None:
    tree = "{0}/PROPN/nsubj/{1} {1}/VERB/root {2}/NOUN/obj/{1} {3}/ADP/case/{4} {4}/PROPN/obl/{1} ./PUNCT/punct/{1}"
    told = {
        frame("nl", tree.format("Iran", "verkocht", "olie", "aan", "China")),
        frame("de", tree.format("Iran", "verkaufte", "Öl", "an", "China")),
        frame("en", tree.format("Iran", "sold", "oil", "to", "China")),
        frame("fr", tree.format("Iran", "vendait", "pétrole", "à", "China").replace("China", "Pékin")),
    }
    assert told == {"Shipment agent=IR patient=CN object=oil"}


def test_what_is_shipped_is_goods_whatever_it_is_called() -> None:
    article = text(
        "en",
        "Iran/PROPN/nsubj/exported exported/VERB/root[export;VerbForm=Fin] know-how/NOUN/obj/exported to/ADP/case/Russia "
        "Russia/PROPN/obl/exported ./PUNCT/punct/exported",
        "Iran/PROPN/nsubj/exported exported/VERB/root[export;VerbForm=Fin] pistachios/NOUN/obj/exported to/ADP/case/Russia "
        "Russia/PROPN/obl/exported ./PUNCT/punct/exported",
    )
    goods = [a.mention for e in article.report().events if e.type == "Shipment" for a in e.arguments if a.role == "object"]
    assert [(m.name, m.kind) for m in goods] == [("pistachios", Kind.CARGO)]


def test_the_same_state_twice_in_a_role_is_one_argument() -> None:
    told = events(
        "nl",
        "Rusland/PROPN/nsubj/overlegden en/CCONJ/cc/Kremlin het/DET/det/Kremlin Kremlin/PROPN/conj/Rusland "
        "overlegden/VERB/root[overleggen;VerbForm=Fin] "
        "met/ADP/case/Iran Iran/PROPN/obl/overlegden ./PUNCT/punct/overlegden",
    )
    assert told == ["Meeting participant=RU+IR"]


def test_a_demonym_is_its_state_not_the_people() -> None:
    article = text(
        "en",
        "Iranian/ADJ/amod/deliveries deliveries/NOUN/nsubj/stopped of/ADP/case/drones drones/NOUN/nmod/deliveries stopped/VERB/root "
        "./PUNCT/punct/stopped",
    )
    agent = next(a.mention for e in article.report().events for a in e.arguments if a.role == "agent")
    assert (agent.text, agent.kind, agent.country) == ("Iranian", Kind.COUNTRY, "IR")
    assert [n.kind for n in article.reading.names] == [NameKind.ADJECTIVE]


FOUND: list[tuple[str, Language, str, str]] = [
    ("the object behind a particle", "en",
     "India/PROPN/nsubj/handed handed/VERB/root[hand;VerbForm=Fin] over/ADP/case/missiles the/DET/det/missiles missiles/NOUN/obl/handed "
     "to/ADP/case/Manila Manila/PROPN/obl/handed ./PUNCT/punct/handed", "Shipment agent=IN patient=PH object=missile"),
    ("whom it is sold to stands as the object", "en",
     "Pemex/PROPN/nsubj/sold[@ORG] sold/VERB/root[sell;VerbForm=Fin] Havana/PROPN/obj/sold 17,000/NUM/nummod/barrels barrels/NOUN/obl/sold "
     "of/ADP/case/crude crude/NOUN/nmod/barrels ./PUNCT/punct/sold", "Shipment agent=Pemex patient=CU object=oil"),
    ("a measure stands for its goods", "nl",
     "China/PROPN/nsubj/kocht kocht/VERB/root[kopen;VerbForm=Fin] vaten/NOUN/obj/kocht[vat;Number=Plur] uit/ADP/case/Iran Iran/PROPN/obl/kocht "
     "./PUNCT/punct/kocht", "Shipment agent=IR patient=CN object=vaten"),
    ("who says so does nothing", "de",
     "Nach/ADP/case/Aussagen Aussagen/NOUN/obl/griff[Aussage] von/ADP/case/Anwohnern Anwohnern/NOUN/nmod/Aussagen griff/VERB/root[greifen;VerbForm=Fin] "
     "Russland/PROPN/nsubj/griff Omdurman/PROPN/obj/griff[@LOC] an/ADP/compound:prt/griff ./PUNCT/punct/griff", "Attack agent=RU patient=Omdurman"),
    ("a weapon by the form of its name", "en",
     "Pakistan/PROPN/nsubj/tested tested/VERB/root[test;VerbForm=Fin] the/DET/det/Shaheen-3 Shaheen-3/PROPN/obj/tested ./PUNCT/punct/tested",
     "WeaponTest agent=PK object=weapon"),
    ("where the buyer is", "nl",
     "Het/DET/det/bedrijf bedrijf/NOUN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] chips/NOUN/obj/leverde aan/ADP/case/klant "
     "een/DET/det/klant klant/NOUN/obl/leverde in/ADP/case/Kirgizië Kirgizië/PROPN/nmod/klant ./PUNCT/punct/leverde",
     "Shipment agent=bedrijf patient=klant object=chip"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "line"), FOUND, ids=[f"{c[1]}: {c[0]}" for c in FOUND])
def test_roles_against_the_arcs(why: str, language: Language, sentence: str, line: str) -> None:
    assert frame(language, sentence) == line
