"""What a cell of each column can be: cell types with their Python types, named as the record classes use them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from povdata import literals, vocabularies
from povdata.model.datatypes import (
    DatePart,
    Day,
    Difference,
    Edtf,
    Enumeration,
    Integer,
    Name,
    NameList,
    Pattern,
    Position,
    Qualifier,
    Quantity,
    Reference,
    ReferenceList,
    References,
    Text,
)

Slug = Annotated[str, Pattern(r"[a-z0-9]+([-_][a-z0-9]+)*", "a lower-case key")]
Code6 = Annotated[str, Pattern(r"[1-9]\d{5}", "a six-digit code")]
Code12 = Annotated[str, Pattern(r"[1-9]\d{11}", "a twelve-digit code")]
PlaceCode = Annotated[str, Pattern(r"([1-9]\d{5}(\d{3}(\d{3})?)?|[A-Z]{2})(-[a-z]+)?", "an official code, or a parent's code and a slug")]
LocatorKey = Annotated[str, Position()]
Prose = Annotated[str, Text()]
ProperName = Annotated[str, Name()]
ProperNames = Annotated[tuple[str, ...], NameList()]
Count = Annotated[int, Integer()]
SignedCount = Annotated[int, Difference()]
Figure = Annotated[Decimal, Quantity()]
Date = Annotated[str, Edtf()]
CalendarDay = Annotated[date, Day()]
QidCode = Annotated[str, Pattern(r"Q[1-9]\d*", "a Wikidata item")]
RecordPaths = Annotated[tuple[str, ...], References()]

ProvinceRef = Annotated[literals.ProvinceKey, Reference("provinces")]
PlaceRef = Annotated[str, Reference("places", brings=("province",))]
OrganizationRef = Annotated[str, Reference("organizations")]
PracticeRef = Annotated[str, Reference("practices")]
DelistingRef = Annotated[str, Reference("delistings")]
IndicatorRef = Annotated[literals.IndicatorKey, Reference("indicators", kind="phrase", brings=("unit",))]
SpanRef = Annotated[str, Reference("spans")]
SourceRef = Annotated[str, Reference("sources")]
SourceRefs = Annotated[tuple[str, ...], ReferenceList("sources")]
DivisionRef = Annotated[str, Reference("divisions")]
AnnouncementRef = Annotated[str, Reference("announcements")]

PartOfPeriod = Annotated[literals.PartOfPeriod, DatePart(vocabularies.PART_OF_PERIOD)]
Relation = Annotated[literals.Relation, Qualifier(vocabularies.RELATION)]
ChangeRole = Annotated[literals.ChangeRole, Enumeration(vocabularies.CHANGE_ROLE, words=vocabularies.CHANGE_ROLE_WORDS)]
RegionKind = Annotated[literals.RegionKind, Enumeration(vocabularies.REGION_KIND)]
PlaceLevel = Annotated[literals.PlaceLevel, Enumeration(vocabularies.PLACE_LEVEL)]
PlaceRole = Annotated[literals.PlaceRole, Enumeration(vocabularies.PLACE_ROLE)]
Action = Annotated[literals.Action, Enumeration(vocabularies.ACTION, words=vocabularies.ACTION_WORDS)]
EventKind = Annotated[literals.EventKind, Enumeration(vocabularies.EVENT_KIND)]
QuantityKind = Annotated[literals.QuantityKind, Enumeration(vocabularies.QUANTITY_KIND)]
Measure = Annotated[literals.Measure, Enumeration(vocabularies.MEASURE)]
PracticeCategory = Annotated[literals.PracticeCategory, Enumeration(vocabularies.PRACTICE_CATEGORY)]
BodyKind = Annotated[literals.BodyKind, Enumeration(vocabularies.BODY_KIND)]
BodyRole = Annotated[literals.BodyRole, Enumeration(vocabularies.BODY_ROLE)]
DesignationStatus = Annotated[literals.DesignationStatus, Enumeration(vocabularies.DESIGNATION_STATUS)]
Sector = Annotated[literals.Sector, Enumeration(vocabularies.SECTOR)]
CaveatKind = Annotated[literals.CaveatKind, Enumeration(vocabularies.CAVEAT_KIND)]
AsideKind = Annotated[literals.AsideKind, Enumeration(vocabularies.ASIDE_KIND)]
CharacterKind = Annotated[literals.CharacterKind, Enumeration(vocabularies.CHARACTER_KIND)]
Basis = Annotated[literals.Basis, Enumeration(vocabularies.BASIS)]
Trust = Annotated[literals.Trust, Enumeration(vocabularies.TRUST)]
Tier = Annotated[literals.Tier, Enumeration(vocabularies.TIER)]
DivisionLevel = Annotated[literals.DivisionLevel, Enumeration(vocabularies.DIVISION_LEVEL)]
Certainty = Annotated[literals.Certainty, Enumeration(vocabularies.CERTAINTY)]
PointCertainty = Annotated[literals.PointCertainty, Enumeration(vocabularies.POINT_CERTAINTY)]
CodeRelation = Annotated[literals.CodeRelation, Enumeration(vocabularies.CODE_RELATION)]
DateKind = Annotated[literals.DateKind, Enumeration(vocabularies.DATE_KIND)]
Act = Annotated[literals.Act, Enumeration(vocabularies.ACT)]
NamesAgree = Annotated[literals.NamesAgree, Enumeration(vocabularies.NAMES_AGREE)]
Agreement = Annotated[literals.Agreement, Enumeration(vocabularies.AGREEMENT)]
