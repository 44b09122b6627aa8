"""The vocabulary: one frozen attrs class per table, its columns declared by annotated types.

These classes alone say what a table is. Parsing, writing, data types, foreign keys, ``datapackage.json``, the data dictionary and the
tests are projections of them. Where another record is meant, a column holds its key (``observation.place``), and the same name with
``_record`` is that record (``observation.place_record``). The other way round, a record has the records that hold its key, as a table
(``indicator.observations``); a place also has those of the places below it (``place.observations``).
"""

from __future__ import annotations  # each class's annotations are evaluated when its schema is first asked for

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import attrs

from povdata.celltypes import (
    Boolean,
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
    References,
    Text,
)
from povdata.keys import IndicatorKey, ProvinceKey, TableName
from povdata.links import Many, Maybe, One, Within
from povdata.schema import article, derived, editorial, reference

if TYPE_CHECKING:
    from povdata.table import Table

# Cell types with their Python types. ------------------------------------------------------------------------------------------

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

ProvinceRef = Annotated[ProvinceKey, Reference("provinces")]
PlaceRef = Annotated[str, Reference("places")]
OrganizationRef = Annotated[str, Reference("organizations")]
PracticeRef = Annotated[str, Reference("practices")]
DelistingRef = Annotated[str, Reference("delistings")]
IndicatorRef = Annotated[IndicatorKey, Reference("indicators", kind="phrase")]
SpanRef = Annotated[str, Reference("spans")]
SourceRef = Annotated[str, Reference("sources")]

PartOfPeriod = Annotated[
    Literal["start", "end", "morning"],
    DatePart({"start": "its beginning", "end": "its end", "morning": "in the morning"}),
]
Relation = Annotated[
    Literal["exact", "more_than", "less_than", "at_least", "at_most", "about"],
    Qualifier(
        {
            "exact": "no qualifier stands by the figure",
            "more_than": "above the figure",
            "less_than": "below the figure",
            "at_least": "the figure or above",
            "at_most": "the figure or below",
            "about": "near the figure, bounds not said",
        }
    ),
]
ChangeRole = Annotated[
    Literal["from", "to"],
    Enumeration(
        {"from": "the start of a change", "to": "the end of a change"},
        words={"to": "到|至|成", "from": "由|从|减少"},
    ),
]

RegionKind = Annotated[
    Literal["province", "autonomous_region", "municipality"],
    Enumeration(
        {
            "province": "a province (省)",
            "autonomous_region": "an autonomous region (自治区)",
            "municipality": "a municipality under the central government (直辖市)",
        }
    ),
]
PlaceLevel = Annotated[
    Literal[
        "country",
        "province",
        "prefecture",
        "county",
        "district_of_county",
        "township",
        "village",
        "hamlet",
        "region",
        "landform",
        "county_group",
        "site",
    ],
    Enumeration(
        {
            "country": "a country",
            "province": "a provincial-level unit",
            "prefecture": "a prefectural-level unit",
            "county": "a county-level unit: county, banner, district or county-level city",
            "district_of_county": "a district below a county (县辖区)",
            "township": "a town or township",
            "village": "an administrative village or urban community",
            "hamlet": "a natural village",
            "region": "an area that is no administrative unit",
            "landform": "a mountain range, river or plateau",
            "county_group": "some counties of a prefecture, not named one by one",
            "site": "a scenic spot or other single site",
        }
    ),
]
PlaceRole = Annotated[
    Literal["region", "delisted", "example", "located", "mentioned", "name_part", "hierarchy"],
    Enumeration(
        {
            "region": "one of the 15 provincial-level regions",
            "delisted": "named as leaving the list, with nothing further told of it",
            "example": "the scene of a practice, figure, person or picture, or holder of a status",
            "located": "named only to say where an example lies",
            "mentioned": "named in passing",
            "name_part": "named only inside the name of a body or medium",
            "hierarchy": "not in the article; here so that every unit has its parent",
        }
    ),
]
Action = Annotated[
    Literal["notice", "announcement", "approval", "declaration", "reported"],
    Enumeration(
        {
            "notice": "a notice was published",
            "announcement": "an announcement was published",
            "approval": "the exit was approved; the article names no publication",
            "declaration": "the exit was declared",
            "reported": "the article tells of the exit without the act behind it",
        },
        words={
            "notice": "通知",
            "announcement": "公告",
            "approval": "批准|批复",
            "declaration": "宣布",
            "reported": "退出|摘帽|脱贫|捷报|出列",
        },
    ),
]
UnitKind = Annotated[
    Literal["county", "village"],
    Enumeration({"county": "county-level units left the list", "village": "poverty villages left the list"}),
]
EventKind = Annotated[
    Literal["founding", "award", "visit", "survey", "designation", "start", "target", "other"],
    Enumeration(
        {
            "founding": "a body was founded",
            "award": "a distinction was given",
            "visit": "somebody came",
            "survey": "something was found out systematically",
            "designation": "a place was given a status",
            "start": "a programme or undertaking began",
            "target": "something is to be reached by then",
            "other": "another dated happening",
        }
    ),
]
QuantityKind = Annotated[
    Literal["count", "share", "money", "income", "area", "length", "duration", "age", "multiple"],
    Enumeration(
        {
            "count": "a number of things or people",
            "share": "a part of a whole, in percent",
            "money": "an amount of money",
            "income": "money earned per person, household or village",
            "area": "an area",
            "length": "a distance",
            "duration": "a length of time",
            "age": "years since birth",
            "multiple": "how many times",
        }
    ),
]
Measure = Annotated[
    Literal["stock", "flow", "cumulative", "change"],
    Enumeration(
        {
            "stock": "the state at a time",
            "flow": "what happens within a period",
            "cumulative": "a running total up to a time",
            "change": "a rise or fall",
        }
    ),
]
PracticeCategory = Annotated[
    Literal[
        "party_building",
        "cadres",
        "training",
        "industry",
        "pairing",
        "collective_economy",
        "digital",
        "motivation",
        "infrastructure",
        "governance",
        "finance",
        "talent",
        "employment",
    ],
    Enumeration(
        {
            "party_building": "Party branches, their organization, activities and elections",
            "cadres": "selecting, sending and managing officials",
            "training": "teaching skills and knowledge, study tours",
            "industry": "products, enterprises, cooperatives and markets",
            "pairing": "units or persons paired with villages or households",
            "collective_economy": "income and assets owned by villages",
            "digital": "apps, platforms and online services",
            "motivation": "attitudes, spirit and self-reliance",
            "infrastructure": "facilities, services and housing",
            "governance": "leading groups, task forces, joint meetings and rules",
            "finance": "raising, pooling and granting money",
            "talent": "bringing talent home and finding it locally",
            "employment": "jobs and work at home",
        }
    ),
]
BodyKind = Annotated[
    Literal[
        "government", "party", "leading_group", "meeting", "ministry", "enterprise", "cooperative", "team", "medium", "website", "other"
    ],
    Enumeration(
        {
            "government": "a government or an office of one",
            "party": "a body of the Communist Party",
            "leading_group": "a leading group or headquarters of the campaign",
            "meeting": "a meeting that acts as a body",
            "ministry": "a ministry or office of the central government",
            "enterprise": "a company, plant or workshop",
            "cooperative": "a cooperative",
            "team": "a team or force",
            "medium": "a newspaper or news agency",
            "website": "a site on the web",
            "other": "another body",
        }
    ),
]
BodyRole = Annotated[
    Literal["authority", "actor", "credited_medium", "compiler", "mentioned"],
    Enumeration(
        {
            "authority": "announced, approved or endorsed an exit",
            "actor": "runs or takes part in a practice",
            "credited_medium": "credited as a source in the closing line",
            "compiler": "compiled the article",
            "mentioned": "named in passing",
        }
    ),
]
Status = Annotated[
    Literal[
        "national_poverty_county",
        "national_key_county",
        "provincial_poverty_county",
        "deep_poverty_county",
        "poverty_village",
        "contiguous_poor_area",
        "old_revolutionary_base",
        "mountain_area",
        "poor_area",
        "minority_area",
        "border_area",
        "first_poverty_county_batch",
        "weak_village",
        "demonstration",
        "award",
        "other",
    ],
    Enumeration(
        {
            "national_poverty_county": "on the national list of poverty counties",
            "national_key_county": "national key county for poverty alleviation and development",
            "provincial_poverty_county": "poverty county of the province or autonomous region",
            "deep_poverty_county": "deep-poverty county",
            "poverty_village": "poverty village",
            "contiguous_poor_area": "in a contiguous poor area, or its main battlefield",
            "old_revolutionary_base": "old revolutionary base area",
            "mountain_area": "mountain area",
            "poor_area": "poor area, no list named",
            "minority_area": "area of ethnic minorities",
            "border_area": "remote or border area",
            "first_poverty_county_batch": "in the first batch of poverty counties",
            "weak_village": "village called weak, backward or without collective income",
            "demonstration": "demonstration or model place",
            "award": "holder of an award",
            "other": "another status",
        }
    ),
]
Sector = Annotated[
    Literal[
        "crop",
        "fruit",
        "fungi",
        "medicinal",
        "livestock",
        "fishery",
        "agriculture_other",
        "sand_grass",
        "handicraft",
        "manufacturing",
        "energy",
        "tourism",
        "trade",
    ],
    Enumeration(
        {
            "crop": "field crops and vegetables",
            "fruit": "fruit and nuts",
            "fungi": "edible fungi",
            "medicinal": "medicinal plants",
            "livestock": "animals",
            "fishery": "fish",
            "agriculture_other": "other or several branches of agriculture",
            "sand_grass": "plants of sandy land and what is made of them",
            "handicraft": "crafts",
            "manufacturing": "processing and manufacturing",
            "energy": "energy",
            "tourism": "tourism",
            "trade": "trade and e-commerce",
        }
    ),
]
CaveatKind = Annotated[
    Literal[
        "contradiction",
        "arithmetic",
        "ambiguity",
        "redaction",
        "lost_character",
        "slip",
        "inferred",
        "rounding",
        "claim",
        "external",
    ],
    Enumeration(
        {
            "contradiction": "two statements of the article do not fit together",
            "arithmetic": "sums, shares and ratios that do not fit, or fit only with care",
            "ambiguity": "the article can be read in more than one way",
            "redaction": "words are masked by asterisks",
            "lost_character": "a character was lost in this edition",
            "slip": "a slip of the pen",
            "inferred": "a value is our reading of what is not printed",
            "rounding": "a value cannot be written exactly",
            "claim": "a claim to be read with care",
            "external": "another source says otherwise",
        }
    ),
]
AsideKind = Annotated[
    Literal["indefinite", "idiom", "part_of_term", "ordinal", "rhetorical", "slogan", "vague", "name", "footer", "other"],
    Enumeration(
        {
            "indefinite": "stands for the indefinite article or as part of a grammatical word",
            "idiom": "part of a set phrase",
            "part_of_term": "part of a technical term",
            "ordinal": "tells a place in a sequence, not an amount",
            "rhetorical": "a figure of speech",
            "slogan": "part of a slogan",
            "vague": "a vague amount or time",
            "name": "a proper name that is no data",
            "footer": "belongs to the reposting site",
            "other": "another reason",
        }
    ),
]
CharacterKind = Annotated[
    Literal["figure", "date", "name", "phrase"],
    Enumeration(
        {
            "figure": "a number with its unit and qualifier",
            "date": "a date",
            "name": "a proper name",
            "phrase": "other words, kept as a digest",
        }
    ),
]
Basis = Annotated[
    Literal["stated", "context", "inferred"],
    Enumeration(
        {
            "stated": "the characters say it of this record",
            "context": "the characters stand elsewhere and carry over",
            "inferred": "our reading goes beyond what is printed",
        }
    ),
]
Trust = Annotated[
    Literal["primary", "high", "medium", "low"],
    Enumeration(
        {
            "primary": "the article itself",
            "high": "two or more sources agree",
            "medium": "one source, plausible throughout",
            "low": "not confirmed",
        }
    ),
]

Tier = Annotated[
    Literal["national", "provincial"],
    Enumeration(
        {
            "national": "on the national list of 832",
            "provincial": "poverty county of a province alone, as far as known",
        }
    ),
]
Agreement = Annotated[
    Literal["agrees", "explained", "counted", "open"],
    Enumeration(
        {
            "agrees": "the article and the national list give the same numbers",
            "explained": "the difference is counties that are known by name, or tiers that the article tells apart",
            "counted": "the difference is the provincial tier, whose counties are not known by name",
            "open": "a part of the difference is not explained",
        }
    ),
]

# The tables. ------------------------------------------------------------------------------------------------------------------


class Record:
    """Base of the records: frozen, slotted, hashable and comparable.

    Comparison, hash and representation are written here once; attrs would compile them anew for each of the classes, which takes a quarter
    of the time to the first record.
    """

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    key: str

    @property
    def caveats(self) -> Table[Caveat]:
        """The caveats that concern the record, one of its cells, or a cell of another record that one of them was computed from."""
        from povdata import provenance

        return provenance.caveats_of(self)

    def _cells(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._cells() == other._cells()

    def __hash__(self) -> int:
        return hash((type(self), self.key))

    def __repr__(self) -> str:
        cells = ", ".join(f"{name}={value!r}" for name, value in zip(self.__match_args__, self._cells(), strict=True))
        return f"{type(self).__name__}({cells})"

    def _repr_html_(self) -> str:
        from povdata import html

        return html.record(self)


@attrs.frozen(eq=False, repr=False)
class Province(Record):
    """One of the 15 provincial-level regions, in the article's order, which is also the order of their codes."""

    key: Annotated[ProvinceKey, Pattern(r"[1-9]\d0000", "a province code"), reference("GB/T 2260 code at the end of 2019.", "mca-2019")]
    iso_3166_2: Annotated[str, Pattern(r"CN-[A-Z]{2}", "an ISO 3166-2 code"), reference("ISO 3166-2 code.", "iso-3166-2", name=True)]
    name_zh: Annotated[ProperName, reference("Official Chinese name.", "mca-2019", name=True)]
    name_short_zh: Annotated[ProperName, reference("Short Chinese name, as the section headings use it.", "mca-2019", name=True)]
    name_en: Annotated[Prose, reference("English name.", "cldr-48", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    kind: Annotated[RegionKind, reference("Kind of region.", "iso-3166-2")]
    wikidata: Annotated[QidCode, reference("Wikidata item.", "wikidata", name=True)]
    first_line: Annotated[Count, editorial("First line of the region's section, its heading.")]
    last_line: Annotated[Count, editorial("Last line of the region's section.")]
    theme_en: Annotated[Prose, editorial("What the section is about, in our words.")]
    theme_zh: Annotated[Prose, editorial("What the section is about, in our words, in Chinese.")]
    poverty_counties: Annotated[Count | None, derived("Poverty counties in all: the last batch's running total, or its two tiers added.")]
    last_batch_counties: Annotated[Count | None, derived("Counties in the last batch.")]
    last_batch_date: Annotated[Date | None, derived("Date of the last batch as EDTF.")]
    authority: Annotated[OrganizationRef | None, derived("Body named as acting on the last batch.")]

    authority_record: ClassVar[Maybe[Organization]] = Maybe("authority")
    places: ClassVar[Many[Place]] = Many("places", "province")
    delistings: ClassVar[Many[Delisting]] = Many("delistings", "province")
    events: ClassVar[Within[Event]] = Within("events")
    observations: ClassVar[Within[Observation]] = Within("observations")
    practices: ClassVar[Within[Practice]] = Within("practices")
    people: ClassVar[Within[Person]] = Within("people")
    organizations: ClassVar[Within[Organization]] = Within("organizations")
    designations: ClassVar[Within[Designation]] = Within("designations")
    industries: ClassVar[Within[Industry]] = Within("industries")
    images: ClassVar[Within[Image]] = Within("images")


@attrs.frozen(eq=False, repr=False)
class Place(Record):
    """A place the article names, from country to hamlet, or the parent unit of one."""

    key: Annotated[PlaceCode, reference("Official code at the end of 2019, or the parent's code and a slug.", "mca-2019", "nbs-2019")]
    name_zh: Annotated[
        ProperName, reference("Official Chinese name; the printed one where there is none.", "mca-2019", "nbs-2019", name=True)
    ]
    names_printed: Annotated[ProperNames | None, article("The names that the article prints, in order of first use.", name=True)]
    name_en: Annotated[Prose, editorial("English name, from pinyin unless another is established.", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    level: Annotated[PlaceLevel, reference("Level.", "mca-2019", "nbs-2019")]
    parent: Annotated[PlaceRef | None, reference("The next higher unit.", "mca-2019", "nbs-2019")]
    province: Annotated[ProvinceRef | None, derived("The one of the 15 regions that it lies in; empty for what lies elsewhere, or across.")]
    adcode: Annotated[Code6 | None, reference("GB/T 2260 code at the end of 2019, county level and up.", "mca-2019", name=True)]
    nbs_code: Annotated[Code12 | None, reference("Statistical code at 2019-10-31, townships and villages.", "nbs-2019", name=True)]
    wikidata: Annotated[QidCode | None, reference("Wikidata item.", "wikidata", name=True)]
    role: Annotated[PlaceRole, editorial("Part that the place plays in the article.")]
    note: Annotated[Prose | None, editorial("What to know about the place or its code.")]

    parent_record: ClassVar[Maybe[Place]] = Maybe("parent")
    province_record: ClassVar[Maybe[Province]] = Maybe("province")
    children: ClassVar[Many[Place]] = Many("places", "parent")
    delisting_places: ClassVar[Within[DelistingPlace]] = Within("delisting_places")
    events: ClassVar[Within[Event]] = Within("events")
    observations: ClassVar[Within[Observation]] = Within("observations")
    practices: ClassVar[Within[Practice]] = Within("practices")
    people: ClassVar[Within[Person]] = Within("people")
    organizations: ClassVar[Within[Organization]] = Within("organizations")
    designations: ClassVar[Within[Designation]] = Within("designations")
    industries: ClassVar[Within[Industry]] = Within("industries")
    images: ClassVar[Within[Image]] = Within("images")


@attrs.frozen(eq=False, repr=False)
class Delisting(Record):
    """One announcement, or reported exit, by which counties or villages left the poverty list."""

    key: Annotated[Slug, editorial("Region and date, or region and what.")]
    province: Annotated[ProvinceRef, article("The region.")]
    date: Annotated[Date | None, article("When, as EDTF.")]
    date_part: Annotated[PartOfPeriod | None, article("The part of that day or month.")]
    authority: Annotated[OrganizationRef | None, article("The body named as acting.")]
    endorsed_by: Annotated[OrganizationRef | None, article("A further body named as having agreed or reviewed.")]
    action: Annotated[Action, article("What the article says was done.")]
    unit: Annotated[UnitKind, editorial("What left the list.")]
    count: Annotated[Count | None, article("How many left, as stated.")]
    total: Annotated[Count | None, article("Poverty counties that have left by then, tier not named.")]
    total_national: Annotated[Count | None, article("National-tier poverty counties that have left by then.")]
    total_provincial: Annotated[Count | None, article("Provincial-tier poverty counties that have left by then.")]
    last_batch: Annotated[
        Annotated[bool, Boolean("全部", "全面", "最后", "均")] | None,
        article("True where the article says that with this every county of the region has left."),
    ]

    province_record: ClassVar[One[Province]] = One("province")
    authority_record: ClassVar[Maybe[Organization]] = Maybe("authority")
    endorsed_by_record: ClassVar[Maybe[Organization]] = Maybe("endorsed_by")
    delisting_places: ClassVar[Many[DelistingPlace]] = Many("delisting_places", "delisting")
    poverty_counties: ClassVar[Many[PovertyCounty]] = Many("poverty_counties", "delisting")


@attrs.frozen(eq=False, repr=False)
class DelistingPlace(Record):
    """A place named as part of a delisting."""

    key: Annotated[
        Annotated[str, Pattern(r"[a-z0-9-]+:[0-9a-z-]+", "delisting:place")],
        derived("Keys of the delisting and the place, joined by a colon."),
    ]
    delisting: Annotated[DelistingRef, editorial("The delisting.")]
    place: Annotated[PlaceRef, article("The place that left.")]

    delisting_record: ClassVar[One[Delisting]] = One("delisting")
    place_record: ClassVar[One[Place]] = One("place")


@attrs.frozen(eq=False, repr=False)
class Event(Record):
    """Another dated happening."""

    key: Annotated[Slug, editorial("Place and what.")]
    place: Annotated[PlaceRef, article("Where, or whom it concerns.")]
    date: Annotated[Date, article("When, as EDTF.")]
    date_part: Annotated[PartOfPeriod | None, article("The part of that day, month or year.")]
    kind: Annotated[EventKind, editorial("Kind of event.")]
    what_en: Annotated[Prose, editorial("What happened, in our words.")]
    what_zh: Annotated[Prose, editorial("What happened, in our words, in Chinese.")]
    organization: Annotated[OrganizationRef | None, editorial("The body concerned.")]
    practice: Annotated[PracticeRef | None, editorial("The practice concerned.")]

    place_record: ClassVar[One[Place]] = One("place")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")


@attrs.frozen(eq=False, repr=False)
class Indicator(Record):
    """Codebook: one thing that is measured."""

    key: Annotated[IndicatorKey, Pattern(r"[a-z]+(_[a-z]+)*", "a lower-case name"), editorial("Name in code.")]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name.", name=True)]
    unit: Annotated[Slug, editorial("Unit of the values; mu is 1/15 hectare.")]
    kind: Annotated[QuantityKind, editorial("Kind of quantity.")]
    measure: Annotated[Measure, editorial("Stock, flow, running total or change.")]
    definition: Annotated[Prose, editorial("What is counted or measured.")]
    terms: Annotated[ProperNames, editorial("The article's words for it; parts that stand apart are joined by an ellipsis.", name=True)]

    observations: ClassVar[Many[Observation]] = Many("observations", "indicator")


@attrs.frozen(eq=False, repr=False)
class Observation(Record):
    """One figure of the article."""

    key: Annotated[Slug, editorial("Place, what and when.")]
    place: Annotated[PlaceRef, article("The place the figure is about.")]
    organization: Annotated[OrganizationRef | None, article("The body the figure is about, where it is not the place itself.")]
    practice: Annotated[PracticeRef | None, editorial("The practice the figure describes.")]
    result_of: Annotated[PracticeRef | None, editorial("The practice the article presents the figure as a result of.")]
    indicator: Annotated[IndicatorRef, article("What is measured; unit and kind stand there.")]
    value: Annotated[Figure, article("The figure in the indicator's unit.")]
    relation: Annotated[Relation, article("How exactly the figure is meant.")]
    period: Annotated[Date | None, article("When, as EDTF; empty where the article does not say.")]
    period_part: Annotated[PartOfPeriod | None, article("The part of that period.")]
    period_start: Annotated[CalendarDay | None, derived("First day of the period.")]
    period_end: Annotated[CalendarDay | None, derived("Last day of the period.")]
    change: Annotated[Slug | None, editorial("Name of the change that the figure starts or ends.")]
    change_role: Annotated[ChangeRole | None, article("Whether the figure starts or ends the change.")]
    population_en: Annotated[Prose, editorial("Of whom or what exactly.")]
    population_zh: Annotated[Prose, editorial("Of whom or what exactly, in Chinese.")]

    place_record: ClassVar[One[Place]] = One("place")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")
    result_of_record: ClassVar[Maybe[Practice]] = Maybe("result_of")
    indicator_record: ClassVar[One[Indicator]] = One("indicator")

    @property
    def lower(self) -> Decimal | None:
        """Lower bound of the value; None where the article gives none."""
        return None if self.relation in ("less_than", "at_most", "about") else self.value

    @property
    def upper(self) -> Decimal | None:
        """Upper bound of the value; None where the article gives none."""
        return None if self.relation in ("more_than", "at_least", "about") else self.value


@attrs.frozen(eq=False, repr=False)
class Practice(Record):
    """A named measure, programme, mechanism or way of working."""

    key: Annotated[Slug, editorial("Place and name.")]
    place: Annotated[PlaceRef, article("The place that runs it.")]
    name_printed: Annotated[ProperName | None, article("Its proper name as printed.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name: the printed one, or a short one of ours.", name=True)]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    category: Annotated[PracticeCategory, editorial("What it is mainly about.")]
    summary_en: Annotated[Prose, editorial("What it is, in our words.")]
    summary_zh: Annotated[Prose, editorial("What it is, in our words, in Chinese.")]
    start: Annotated[Date | None, article("When it began, as EDTF.")]
    part_of: Annotated[PracticeRef | None, editorial("The practice that this one is a part of.")]
    organization: Annotated[OrganizationRef | None, editorial("The body that runs it.")]

    place_record: ClassVar[One[Place]] = One("place")
    part_of_record: ClassVar[Maybe[Practice]] = Maybe("part_of")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")
    parts: ClassVar[Many[Practice]] = Many("practices", "part_of")
    observations: ClassVar[Many[Observation]] = Many("observations", "practice")
    results: ClassVar[Many[Observation]] = Many("observations", "result_of")
    people: ClassVar[Many[Person]] = Many("people", "practice")
    events: ClassVar[Many[Event]] = Many("events", "practice")
    industries: ClassVar[Many[Industry]] = Many("industries", "practice")


@attrs.frozen(eq=False, repr=False)
class Person(Record):
    """A person the article names."""

    key: Annotated[Slug, editorial("Name in pinyin.")]
    name_zh: Annotated[ProperName, article("Name as printed.", name=True)]
    name_en: Annotated[Prose, editorial("Name in pinyin, family name first.", name=True)]
    role_en: Annotated[Prose, editorial("Role in the article.")]
    role_zh: Annotated[Prose, editorial("Role in the article, in Chinese.")]
    place: Annotated[PlaceRef, article("The place the person acts in.")]
    practice: Annotated[PracticeRef | None, editorial("The practice the person acts in.")]
    organization: Annotated[OrganizationRef | None, editorial("The body the person belongs to.")]

    place_record: ClassVar[One[Place]] = One("place")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")


@attrs.frozen(eq=False, repr=False)
class Organization(Record):
    """A body: government, Party body, company, cooperative, team or medium."""

    key: Annotated[Slug, editorial("Name in English or pinyin.")]
    names_printed: Annotated[ProperNames, article("The names that the article prints.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name in full.", name=True)]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    kind: Annotated[BodyKind, editorial("Kind of body.")]
    place: Annotated[PlaceRef | None, article("The place it belongs to.")]
    role: Annotated[BodyRole, editorial("Part that it plays in the article.")]

    place_record: ClassVar[Maybe[Place]] = Maybe("place")
    delistings: ClassVar[Many[Delisting]] = Many("delistings", "authority")
    endorsed: ClassVar[Many[Delisting]] = Many("delistings", "endorsed_by")
    observations: ClassVar[Many[Observation]] = Many("observations", "organization")
    practices: ClassVar[Many[Practice]] = Many("practices", "organization")
    people: ClassVar[Many[Person]] = Many("people", "organization")
    events: ClassVar[Many[Event]] = Many("events", "organization")
    industries: ClassVar[Many[Industry]] = Many("industries", "organization")
    images: ClassVar[Many[Image]] = Many("images", "credit")


@attrs.frozen(eq=False, repr=False)
class Designation(Record):
    """A status that a place holds or held."""

    key: Annotated[Slug, editorial("Place and status.")]
    place: Annotated[PlaceRef, article("The place.")]
    designation: Annotated[Status, editorial("The status.")]
    name_printed: Annotated[ProperName, article("The status as printed.", name=True)]
    since: Annotated[Date | None, article("Since when, as EDTF.")]
    former: Annotated[Annotated[bool, Boolean("曾")] | None, article("True where the article says so with the word once (曾).")]

    place_record: ClassVar[One[Place]] = One("place")


@attrs.frozen(eq=False, repr=False)
class Industry(Record):
    """A product or trade of a place."""

    key: Annotated[Slug, editorial("Place and product.")]
    place: Annotated[PlaceRef, article("The place.")]
    product_printed: Annotated[ProperName, article("The product or trade as printed.", name=True)]
    product_en: Annotated[Prose, editorial("The product or trade in English.", name=True)]
    product_zh: Annotated[Prose, editorial("The product or trade in Chinese.", name=True)]
    sector: Annotated[Sector, editorial("Branch of the economy.")]
    practice: Annotated[PracticeRef | None, editorial("The practice it belongs to.")]
    organization: Annotated[OrganizationRef | None, editorial("The body that makes or sells it.")]

    place_record: ClassVar[One[Place]] = One("place")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")


@attrs.frozen(eq=False, repr=False)
class Image(Record):
    """A captioned picture; the pictures themselves are not part of the data."""

    key: Annotated[Slug, editorial("Place and subject.")]
    place: Annotated[PlaceRef, article("The place shown.")]
    subject_en: Annotated[Prose, editorial("What is shown, in our words.")]
    subject_zh: Annotated[Prose, editorial("What is shown, in our words, in Chinese.")]
    date: Annotated[Date | None, article("When it was taken, as EDTF.")]
    credit: Annotated[OrganizationRef | None, article("The body credited.")]

    place_record: ClassVar[One[Place]] = One("place")
    credit_record: ClassVar[Maybe[Organization]] = Maybe("credit")


@attrs.frozen(eq=False, repr=False)
class PovertyCounty(Record):
    """Reference: a county of the national list of 832, or one of the provincial tier that is known by name."""

    key: Annotated[PlaceCode, reference("Official code at the end of 2019; for two administrative committees a slug.", "mca-2019")]
    name_zh: Annotated[ProperName, reference("Official Chinese name at the end of 2019.", "mca-2019", name=True)]
    name_listed: Annotated[ProperName | None, reference("Name in the national list, where it differs.", "cpad-832", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    province: Annotated[Code6, reference("Code of the provincial-level unit.", "mca-2019")]
    province_zh: Annotated[ProperName, reference("Name of the provincial-level unit.", "mca-2019")]
    prefecture_zh: Annotated[
        ProperName | None, reference("Name of the prefectural-level unit; none below a province or municipality.", "mca-2019")
    ]
    tier: Annotated[Tier, reference("Tier of the status.", "cpad-832")]
    exit_year: Annotated[
        Count | None, reference("Year of the assessment that the county passed; announcements follow up to five months later.", "cpad-832")
    ]
    announced: Annotated[
        Date | None,
        reference("Date of the announcement as EDTF, for the last batches of the 15 regions; its source stands beside it.", "cpad-832"),
    ]
    announcement: Annotated[SourceRef | None, editorial("The announcement that names the county, or stands for its batch.")]
    delisting: Annotated[DelistingRef | None, editorial("The article's delisting that this batch is.")]
    place: Annotated[PlaceRef | None, editorial("The county among the places, where the article names it.")]
    source: Annotated[SourceRef, editorial("Where the row comes from.")]
    code_withdrawn: Annotated[
        Annotated[bool, Boolean()] | None, reference("True where the code is no longer in the list of 2024.", "mca-2019")
    ]
    note: Annotated[Prose | None, editorial("What to know about name, code or date.")]

    announcement_record: ClassVar[Maybe[Source]] = Maybe("announcement")
    delisting_record: ClassVar[Maybe[Delisting]] = Maybe("delisting")
    place_record: ClassVar[Maybe[Place]] = Maybe("place")
    source_record: ClassVar[One[Source]] = One("source")


@attrs.frozen(eq=False, repr=False)
class Reconciliation(Record):
    """One of the 15 regions: the article's numbers beside those of the national list."""

    key: Annotated[Annotated[ProvinceKey, Reference("provinces")], derived("The region.")]
    article_total: Annotated[Count | None, derived("Poverty counties in all, according to the article.")]
    roster_total: Annotated[Count, derived("Counties on the national list.")]
    total_surplus: Annotated[SignedCount | None, derived("Article's total less the list's: counties of the provincial tier.")]
    article_last_batch: Annotated[Count, derived("Counties in the last batch, according to the article.")]
    roster_last_year: Annotated[Count, derived("Counties on the national list with the last exit year, 2019.")]
    batch_surplus: Annotated[SignedCount, derived("Article's last batch less the list's last year.")]
    provincial_named: Annotated[Count, derived("Counties of the provincial tier that are known by name.")]
    agreement: Annotated[Agreement, editorial("How far the numbers agree.")]
    explanation: Annotated[Prose, editorial("What the difference is, and what remains open.")]
    source: Annotated[SourceRef, editorial("The announcement behind the last batch.")]

    province_record: ClassVar[One[Province]] = One("key")
    source_record: ClassVar[One[Source]] = One("source")


@attrs.frozen(eq=False, repr=False)
class Caveat(Record):
    """Something that a careful reader must know."""

    key: Annotated[Slug, editorial("What it is about.")]
    kind: Annotated[CaveatKind, editorial("Kind of oddity.")]
    records: Annotated[RecordPaths, editorial("The records or cells concerned.")]
    explanation: Annotated[Prose, editorial("What is odd.")]
    treatment: Annotated[Prose, editorial("What we did about it.")]


@attrs.frozen(eq=False, repr=False)
class Source(Record):
    """The article, and every reference that a column draws on."""

    key: Annotated[Slug, editorial("Short name.")]
    title: Annotated[Prose, editorial("Title.")]
    publisher: Annotated[Prose, editorial("Publisher.")]
    version: Annotated[Prose, editorial("Date or version used.")]
    licence: Annotated[Prose, editorial("Licence or legal status.")]
    trust: Annotated[Trust, editorial("How far it can be trusted.")]
    sha256: Annotated[Annotated[str, Pattern(r"[0-9a-f]{64}", "a SHA-256 digest")] | None, editorial("Fingerprint of the file used.")]
    note: Annotated[Prose | None, editorial("What it serves for, and what to know.")]


@attrs.frozen(eq=False, repr=False)
class Span(Record):
    """A stretch of the article that something cites."""

    key: Annotated[LocatorKey, editorial("Locator line:start-end in the reference edition.")]
    kind: Annotated[CharacterKind, editorial("What kind of characters stand there.")]
    text: Annotated[ProperName | None, article("The characters, where they are a figure, a date or a name.")]
    digest: Annotated[
        Annotated[str, Pattern(r"[0-9a-f]{16}", "a digest of 16 hexadecimal digits")] | None,
        editorial("Where the characters are not kept: first 16 hexadecimal digits of the SHA-256 of their letters, digits and % signs."),
    ]
    lengths: Annotated[
        Annotated[str, Pattern(r"\d+(;\d+)*", "numbers separated by semicolons")] | None,
        editorial("Where the characters are not kept: how many letters, digits and % signs; several numbers where a mask divides them."),
    ]
    position: Annotated[Count, editorial("How many letters, digits and % signs of the article stand before.")]
    neighbours: Annotated[
        Annotated[str, Pattern(r"(--|[0-9a-f]{2}){4}", "four bytes")],
        editorial("A byte of digest for each of the two 2-character blocks before and after; two hyphens at an end of the text."),
    ]
    context: Annotated[
        Annotated[str, Pattern(r"[012lm]{2}[\w-]{3}[0-9a-f]{8}", "codes of both sides, of the signs, and a digest")],
        editorial(
            "For each side how many of the two characters beside it stand in its line (l, m: none or one before a mask); what signs stand "
            "before, within and after, as bits; first 8 hexadecimal digits of the SHA-256 of the characters with those beside."
        ),
    ]

    citations: ClassVar[Many[Citation]] = Many("citations", "span")


@attrs.frozen(eq=False, repr=False)
class Citation(Record):
    """A cell and a span that it was read from, or rests on."""

    key: Annotated[
        Annotated[str, Pattern(r"[^/ ]+(/[^/ ]+){3}", "table/record/column/span")],
        derived("Table, record, column and span, joined by slashes."),
    ]
    table: Annotated[Annotated[TableName, Name()], editorial("Table of the cell.")]
    record: Annotated[ProperName, editorial("Key of the cell's record.")]
    column: Annotated[ProperName, editorial("Column of the cell.")]
    span: Annotated[SpanRef, editorial("The span.")]
    basis: Annotated[Basis, editorial("How the cell follows from the characters.")]

    span_record: ClassVar[One[Span]] = One("span")


@attrs.frozen(eq=False, repr=False)
class SetAside(Record):
    """A number or name of the article that is no data."""

    key: Annotated[SpanRef, editorial("Its span.")]
    kind: Annotated[AsideKind, editorial("Why it is no data, in one word.")]
    reason: Annotated[Prose, editorial("Why it is no data.")]

    span_record: ClassVar[One[Span]] = One("key")


RECORDS: Mapping[TableName, type[Record]] = MappingProxyType(
    {
        "provinces": Province,
        "places": Place,
        "delistings": Delisting,
        "delisting_places": DelistingPlace,
        "events": Event,
        "indicators": Indicator,
        "observations": Observation,
        "practices": Practice,
        "people": Person,
        "organizations": Organization,
        "designations": Designation,
        "industries": Industry,
        "images": Image,
        "poverty_counties": PovertyCounty,
        "reconciliation": Reconciliation,
        "caveats": Caveat,
        "sources": Source,
        "spans": Span,
        "citations": Citation,
        "set_aside": SetAside,
    }
)
"""Every table with its record class."""
