"""The vocabulary: one frozen attrs class per table, its columns declared by annotated types.

These classes alone say what a table is. Parsing, writing, data types, foreign keys, ``datapackage.json``, the data dictionary and the
tests are projections of them. Where another record is meant, a column holds its key (``observation.place``), and the same name with
``_record`` is that record (``observation.place_record``). The other way round, a record has the records that hold its key, as a table
(``indicator.observations``); a place also has those of the places below it (``place.observations``).
"""

from __future__ import annotations  # each class's annotations are evaluated when its schema is first asked for

import pkgutil
from collections.abc import Mapping
from datetime import date as day
from decimal import Decimal
from typing import Annotated, ClassVar

import attrs

from povdata import derivation, literals, naming, vocabularies
from povdata.derivation import beside, counties, joined, of_last_batch, province_in
from povdata.model import datatypes as cell
from povdata.model import markup
from povdata.model.frozen import FrozenDict
from povdata.model.links import Concerning, Many, Maybe, One, Within
from povdata.model.record import Record
from povdata.model.registry import Dataset
from povdata.model.schema import article, derived, editorial, reference
from povdata.model.table import Table

# What cells can be.

Slug = Annotated[str, cell.Pattern(r"[a-z0-9]+([-_][a-z0-9]+)*", "a lower-case key")]
PlaceCode = Annotated[
    str, cell.Pattern(r"([1-9]\d{5}(\d{3}(\d{3})?)?|[A-Z]{2})(-[a-z]+)?", "an official code, or a parent's code and a slug")
]
IsoCode = Annotated[str, cell.Pattern(r"CN-[A-Z]{2}", "an ISO 3166-2 code")]
Code12 = Annotated[str, cell.Pattern(r"[1-9]\d{11}", "a twelve-digit code")]
DelistingPlaceKey = Annotated[str, cell.Pattern(r"[a-z0-9-]+:[0-9a-z-]+", "delisting:place")]
CountyCodeKey = Annotated[str, cell.Pattern(r"\d{6}:\d{4}:\d{6}", "division:year:code")]
Address = Annotated[str, cell.Pattern(r"https?://[!-~]+", "a web address")]
Digest = Annotated[str, cell.Pattern(r"[0-9a-f]{16}", "a digest of 16 hexadecimal digits")]
Lengths = Annotated[str, cell.Pattern(r"\d+(;\d+)*", "numbers separated by semicolons")]
Neighbours = Annotated[str, cell.Pattern(r"(__|[0-9a-f]{2}){4}", "four bytes")]
Context = Annotated[str, cell.Pattern(r"[012lm]{2}[\w-]{3}[0-9a-f]{8}", "codes of both sides, of the signs, and a digest")]
CitationKey = Annotated[str, cell.Pattern(r"[^/ ]+(/[^/ ]+){3}", "table/record/column/span")]
Sha256 = Annotated[str, cell.Pattern(r"[0-9a-f]{64}", "a SHA-256 digest")]
Code6 = Annotated[str, cell.Pattern(r"[1-9]\d{5}", "a six-digit code")]
QidCode = Annotated[str, cell.Pattern(r"Q[1-9]\d*", "a Wikidata item")]
Prose = Annotated[str, cell.Text()]
ProperName = Annotated[str, cell.Name()]
ProperNames = Annotated[tuple[str, ...], cell.NameList()]
Count = Annotated[int, cell.Integer()]
Balance = Annotated[int, cell.Difference()]
Figure = Annotated[Decimal, cell.Quantity()]
Date = Annotated[str, cell.Edtf()]
CalendarDay = Annotated[day, cell.Day()]
IndicatorRef = Annotated[literals.IndicatorKey, cell.Reference("indicators", kind="phrase", brings=("unit",))]
_ACTS = {"notice": "通知", "announcement": "公告", "approval": "批准|批复", "declaration": "宣布", "reported": "退出|摘帽|脱贫|捷报|出列"}
Action = Annotated[literals.Action, cell.Enumeration(vocabularies.ACTION, words=_ACTS)]
ChangeRole = Annotated[literals.ChangeRole, cell.Enumeration(vocabularies.CHANGE_ROLE, words={"to": "到|至|成", "from": "由|从|减少"})]
PartOfPeriod = Annotated[literals.PartOfPeriod, cell.DatePart(vocabularies.PART_OF_PERIOD)]
ProvinceRef = Annotated[literals.ProvinceKey, cell.Reference("provinces")]
PlaceRef = Annotated[str, cell.Reference("places", brings=("province",))]
OrganizationRef = Annotated[str, cell.Reference("organizations")]
PracticeRef = Annotated[str, cell.Reference("practices")]
DelistingRef = Annotated[str, cell.Reference("delistings")]
SpanRef = Annotated[str, cell.Reference("spans")]
SourceRef = Annotated[str, cell.Reference("sources")]
DivisionRef = Annotated[str, cell.Reference("divisions")]


class Described(Record):
    """Base of all records here: each has the caveats that concern it."""

    __slots__ = ()

    caveats: ClassVar[Concerning[Caveat]] = Concerning("caveats", "records")

    def _repr_html_(self) -> str:
        return markup.record(self)


class Area(Described):
    """Base of places and regions: the records about it, and about the places inside it."""

    __slots__ = ()

    events: ClassVar[Within[Event]] = Within("events")
    observations: ClassVar[Within[Observation]] = Within("observations")
    practices: ClassVar[Within[Practice]] = Within("practices")
    people: ClassVar[Within[Person]] = Within("people")
    organizations: ClassVar[Within[Organization]] = Within("organizations")
    designations: ClassVar[Within[Designation]] = Within("designations")
    industries: ClassVar[Within[Industry]] = Within("industries")
    images: ClassVar[Within[Image]] = Within("images")


@attrs.frozen(eq=False, repr=False)
class Province(Area):
    """One of the 15 provincial-level regions, in the article's order, which is also the order of their codes."""

    key: Annotated[literals.ProvinceKey, cell.Reference("places"), reference("GB/T 2260 code at the end of 2019.", "mca-2019")]
    iso_3166_2: Annotated[IsoCode, reference("ISO 3166-2 code.", "iso-3166-2", name=True)]
    name_zh: Annotated[ProperName, reference("Official Chinese name.", "mca-2019", name=True)]
    name_short_zh: Annotated[ProperName, reference("Short Chinese name, as the section headings use it.", "mca-2019", name=True)]
    name_en: Annotated[Prose, reference("English name.", "cldr-48", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    kind: Annotated[vocabularies.RegionKind, reference("Kind of region.", "iso-3166-2")]
    wikidata: Annotated[QidCode, reference("Wikidata item.", "wikidata", name=True)]
    first_line: Annotated[Count, editorial("First line of the region's section, its heading.")]
    last_line: Annotated[Count, editorial("Last line of the region's section.")]
    heading: Annotated[ProperName, editorial("Search term for copies of the article: words of the section's heading.")]
    theme_en: Annotated[Prose, editorial("What the section is about, in our words.")]
    theme_zh: Annotated[Prose, editorial("What the section is about, in our words, in Chinese.")]
    poverty_counties: Annotated[
        Count | None, derived("All poverty counties: the last batch's total, or its tiers added.", derivation.total)
    ]
    last_batch_counties: Annotated[Count | None, derived("Counties in the last batch.", derivation.size)]
    last_batch_date: Annotated[Date | None, derived("Date of the last batch as EDTF.", of_last_batch("date"))]
    authority: Annotated[OrganizationRef | None, derived("Body named as acting on the last batch.", of_last_batch("authority"))]

    place_record: ClassVar[One[Place]] = One("key")
    authority_record: ClassVar[Maybe[Organization]] = Maybe("authority")
    places: ClassVar[Many[Place]] = Many("places", "province")
    delistings: ClassVar[Many[Delisting]] = Many("delistings", "province")


@attrs.frozen(eq=False, repr=False)
class Place(Area):
    """A place the article names, from country to hamlet, or the parent unit of one."""

    key: Annotated[PlaceCode, reference("Official code at the end of 2019, or the parent's code and a slug.", "mca-2019", "nbs-2019")]
    name_zh: Annotated[
        ProperName,
        reference("Official Chinese name, of villages without their committee; else the printed one.", "mca-2019", "nbs-2019", name=True),
    ]
    names_printed: Annotated[ProperNames | None, article("The names that the article prints, in order of first use.", name=True)]
    name_en: Annotated[Prose, editorial("English name, from pinyin unless another is established.", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    level: Annotated[vocabularies.PlaceLevel, reference("Level.", "mca-2019", "nbs-2019")]
    parent: Annotated[PlaceRef | None, reference("The next higher unit.", "mca-2019", "nbs-2019")]
    province: Annotated[ProvinceRef | None, derived("The one of the 15 regions that it lies in, if any.", province_in("provinces"))]
    adcode: Annotated[DivisionRef | None, reference("GB/T 2260 code at the end of 2019, county level and up.", "mca-2019", name=True)]
    nbs_code: Annotated[Code12 | None, reference("Statistical code at 2019-10-31, townships and villages.", "nbs-2019", name=True)]
    wikidata: Annotated[QidCode | None, reference("Wikidata item.", "wikidata", name=True)]
    role: Annotated[vocabularies.PlaceRole, editorial("Part that the place plays in the article.")]
    note: Annotated[Prose | None, editorial("What to know about the place or its code.")]

    parent_record: ClassVar[Maybe[Place]] = Maybe("parent")
    division_record: ClassVar[Maybe[Division]] = Maybe("adcode")
    province_record: ClassVar[Maybe[Province]] = Maybe("province")
    children: ClassVar[Many[Place]] = Many("places", "parent")
    delisting_places: ClassVar[Within[DelistingPlace]] = Within("delisting_places")


@attrs.frozen(eq=False, repr=False)
class Delisting(Described):
    """One announcement, or reported exit, by which counties left the poverty list; villages that left one are figures of observations."""

    key: Annotated[Slug, editorial("Region and date, or region and what.")]
    province: Annotated[ProvinceRef, article("The region.")]
    date: Annotated[Date | None, article("When, as EDTF.")]
    date_part: Annotated[PartOfPeriod | None, article("The part of that day or month.")]
    authority: Annotated[OrganizationRef | None, article("The body named as acting.")]
    endorsed_by: Annotated[OrganizationRef | None, article("A further body named as having agreed or reviewed.")]
    action: Annotated[Action, article("What the article says was done.")]
    count: Annotated[Count | None, article("How many left, as stated.")]
    total: Annotated[Count | None, article("Poverty counties that have left by then, tier not named.")]
    total_national: Annotated[Count | None, article("National-tier poverty counties that have left by then.")]
    total_provincial: Annotated[Count | None, article("Provincial-tier poverty counties that have left by then.")]
    last_batch: Annotated[bool | None, cell.Boolean("全部", "全面", "最后", "均"), article("True where with it all counties have left.")]

    province_record: ClassVar[One[Province]] = One("province")
    authority_record: ClassVar[Maybe[Organization]] = Maybe("authority")
    endorsed_by_record: ClassVar[Maybe[Organization]] = Maybe("endorsed_by")
    delisting_places: ClassVar[Many[DelistingPlace]] = Many("delisting_places", "delisting")
    poverty_counties: ClassVar[Many[PovertyCounty]] = Many("poverty_counties", "delisting")


@attrs.frozen(eq=False, repr=False)
class DelistingPlace(Described):
    """A place named as part of a delisting."""

    key: Annotated[DelistingPlaceKey, derived("Delisting and place, joined by a colon.", joined(":", "delisting", "place"))]
    delisting: Annotated[DelistingRef, editorial("The delisting.")]
    place: Annotated[PlaceRef, article("The place that left.")]

    delisting_record: ClassVar[One[Delisting]] = One("delisting")
    place_record: ClassVar[One[Place]] = One("place")


@attrs.frozen(eq=False, repr=False)
class Event(Described):
    """Another dated happening."""

    key: Annotated[Slug, editorial("Place and what.")]
    place: Annotated[PlaceRef, article("Where, or whom it concerns.")]
    date: Annotated[Date, article("When, as EDTF.")]
    date_part: Annotated[PartOfPeriod | None, article("The part of that day, month or year.")]
    kind: Annotated[vocabularies.EventKind, editorial("Kind of event.")]
    what_en: Annotated[Prose, editorial("What happened, in our words.")]
    what_zh: Annotated[Prose, editorial("What happened, in our words, in Chinese.")]
    organization: Annotated[OrganizationRef | None, editorial("The body concerned.")]
    practice: Annotated[PracticeRef | None, editorial("The practice concerned.")]

    place_record: ClassVar[One[Place]] = One("place")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")


@attrs.frozen(eq=False, repr=False)
class Indicator(Described):
    """Codebook: one thing that is measured."""

    key: Annotated[literals.IndicatorKey, cell.Pattern(r"[a-z]+(_[a-z]+)*", "a lower-case name"), editorial("Name in code.")]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name.", name=True)]
    unit: Annotated[Slug, editorial("Unit of the values; mu is 1/15 hectare.")]
    kind: Annotated[vocabularies.QuantityKind, editorial("Kind of quantity.")]
    measure: Annotated[vocabularies.Measure, editorial("Stock, flow, running total or change.")]
    definition: Annotated[Prose, editorial("What is counted or measured.")]
    terms: Annotated[ProperNames, editorial("The article's words for it; parts that stand apart are joined by an ellipsis.", name=True)]

    observations: ClassVar[Many[Observation]] = Many("observations", "indicator")


@attrs.frozen(eq=False, repr=False)
class Observation(Described):
    """One figure of the article."""

    key: Annotated[Slug, editorial("Place, what and when.")]
    place: Annotated[PlaceRef, article("The place the figure is about.")]
    organization: Annotated[OrganizationRef | None, article("The body the figure is about, where it is not the place itself.")]
    practice: Annotated[PracticeRef | None, editorial("The practice the figure describes.")]
    result_of: Annotated[PracticeRef | None, editorial("The practice the article presents the figure as a result of.")]
    indicator: Annotated[IndicatorRef, article("What is measured; unit and kind stand there.")]
    value: Annotated[Figure, article("The figure in the indicator's unit.")]
    relation: Annotated[literals.Relation, cell.Qualifier(vocabularies.RELATION), article("How exactly the figure is meant.")]
    period: Annotated[Date | None, article("When, as EDTF; empty where the article does not say.")]
    period_part: Annotated[PartOfPeriod | None, article("The part of that period.")]
    period_start: Annotated[CalendarDay | None, derived("First day of the period.", derivation.period_start)]
    period_end: Annotated[CalendarDay | None, derived("Last day of the period.", derivation.period_end)]
    change: Annotated[Slug | None, editorial("Name of the change that the figure starts or ends; its other end need not be printed.")]
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
        return self.bounds()[0]

    @property
    def upper(self) -> Decimal | None:
        """Upper bound of the value; None where the article gives none."""
        return self.bounds()[1]

    def bounds(self, *, rounding: bool = False) -> tuple[Decimal | None, Decimal | None]:
        """Lower and upper bound of the value; None where there is none.

        Args:
            rounding: also takes what rounding leaves open (54.4 is 54.35 to 54.45; counts that are written out are exact), and the natural
                limits (nothing is below 0, and a share not above 100).
        """
        return derivation.bounds(self, rounding=rounding)


@attrs.frozen(eq=False, repr=False)
class Practice(Described):
    """A named measure, programme, mechanism or way of working."""

    key: Annotated[Slug, editorial("Place and name.")]
    place: Annotated[PlaceRef, article("The place that runs it.")]
    name_printed: Annotated[ProperName | None, article("Its proper name as printed.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name: the printed one, or a short one of ours.", name=True)]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    category: Annotated[vocabularies.PracticeCategory, editorial("What it is mainly about.")]
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
class Person(Described):
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
class Organization(Described):
    """A body: government, Party body, company, cooperative, team or medium."""

    key: Annotated[Slug, editorial("Name in English or pinyin.")]
    names_printed: Annotated[ProperNames, article("The names that the article prints.", name=True)]
    name_zh: Annotated[Prose, editorial("Chinese name in full.", name=True)]
    name_en: Annotated[Prose, editorial("English name.", name=True)]
    kind: Annotated[vocabularies.BodyKind, editorial("Kind of body.")]
    place: Annotated[PlaceRef | None, article("The place it belongs to.")]
    role: Annotated[vocabularies.BodyRole, editorial("Part that it plays in the article.")]

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
class Designation(Described):
    """A status that a place holds or held."""

    key: Annotated[Slug, editorial("Place and status.")]
    place: Annotated[PlaceRef, article("The place.")]
    designation: Annotated[vocabularies.DesignationStatus, editorial("The status.")]
    name_printed: Annotated[ProperName, article("The status as printed.", name=True)]
    since: Annotated[Date | None, article("Since when, as EDTF.")]
    former: Annotated[bool | None, cell.Boolean("曾"), article("True where the article says so with the word once (曾).")]

    place_record: ClassVar[One[Place]] = One("place")


@attrs.frozen(eq=False, repr=False)
class Industry(Described):
    """A product or trade of a place."""

    key: Annotated[Slug, editorial("Place and product.")]
    place: Annotated[PlaceRef, article("The place.")]
    product_printed: Annotated[ProperName, article("The product or trade as printed.", name=True)]
    product_en: Annotated[Prose, editorial("The product or trade in English.", name=True)]
    product_zh: Annotated[Prose, editorial("The product or trade in Chinese.", name=True)]
    sector: Annotated[vocabularies.Sector, editorial("Branch of the economy.")]
    practice: Annotated[PracticeRef | None, editorial("The practice it belongs to.")]
    organization: Annotated[OrganizationRef | None, editorial("The body that makes or sells it.")]

    place_record: ClassVar[One[Place]] = One("place")
    practice_record: ClassVar[Maybe[Practice]] = Maybe("practice")
    organization_record: ClassVar[Maybe[Organization]] = Maybe("organization")


@attrs.frozen(eq=False, repr=False)
class Image(Described):
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
class Division(Described):
    """Reference: an administrative division of China at the end of 2019 that anything here names."""

    key: Annotated[PlaceCode, reference("Official code at the end of 2019; without one, the parent's code and a slug.", "mca-2019")]
    name_zh: Annotated[ProperName, reference("Official Chinese name.", "mca-2019", name=True)]
    name_short_zh: Annotated[ProperName, editorial("Chinese name without kind and peoples, where two characters remain.", name=True)]
    name_en: Annotated[Prose, reference("English name.", "cldr-48", "gbt-2260-names", "geonames", name=True)]
    pinyin: Annotated[Prose, editorial("Official name in Hanyu Pinyin with tone marks.", name=True)]
    level: Annotated[vocabularies.DivisionLevel, reference("Level.", "mca-2019")]
    parent: Annotated[DivisionRef | None, reference("The next higher unit; none above a province.", "mca-2019")]
    iso_3166_2: Annotated[IsoCode | None, reference("ISO 3166-2 code of a province.", "iso-3166-2", name=True)]
    wikidata: Annotated[QidCode | None, reference("Wikidata item.", "wikidata", name=True)]
    latitude: Annotated[Figure | None, reference("Degrees north (WGS 84), of the national poverty counties.", "wikidata", "geonames")]
    longitude: Annotated[Figure | None, reference("Degrees east (WGS 84), of the national poverty counties.", "wikidata", "geonames")]
    point_source: Annotated[SourceRef | None, editorial("Where latitude and longitude come from.")]
    point_certainty: Annotated[vocabularies.PointCertainty | None, editorial("How sure the point is.")]
    note: Annotated[Prose | None, editorial("What to know about name, code or point.")]

    parent_record: ClassVar[Maybe[Division]] = Maybe("parent")
    point_source_record: ClassVar[Maybe[Source]] = Maybe("point_source")
    children: ClassVar[Many[Division]] = Many("divisions", "parent")
    codes: ClassVar[Many[CountyCode]] = Many("county_codes", "division")


@attrs.frozen(eq=False, repr=False)
class CountyCode(Described):
    """Reference: a code and name that a county had in a run of years, 2010 to 2024."""

    key: Annotated[CountyCodeKey, derived("Division, first year, code, joined by colons.", joined(":", "division", "first_year", "code"))]
    division: Annotated[str, cell.Reference("divisions", names=True), reference("The county of 2019.", "mca-2010-2024")]
    code: Annotated[Code6, reference("The code in these years.", "mca-2010-2024", name=True)]
    name_zh: Annotated[ProperName, reference("The Chinese name in these years.", "mca-2010-2024", name=True)]
    name_en: Annotated[Prose | None, editorial("English name, where the Chinese one is not that of 2019.", name=True)]
    pinyin: Annotated[Prose | None, editorial("Name in Hanyu Pinyin with tone marks, where it is not that of 2019.", name=True)]
    first_year: Annotated[Count, reference("First year, at its end; 2010 where it is older.", "mca-2010-2024")]
    last_year: Annotated[Count, reference("Last year, at its end; 2024 where it goes on.", "mca-2010-2024")]
    relation: Annotated[vocabularies.CodeRelation, reference("How it stands to the code of 2019.", "mca-2010-2024")]

    division_record: ClassVar[One[Division]] = One("division")


@attrs.frozen(eq=False, repr=False)
class PovertyCounty(Described):
    """Reference: a county of the national list of 832, or one of the provincial tier of the 15 regions that is known by name."""

    key: Annotated[DivisionRef, reference("The division.", "mca-2019", name=True)]
    name_zh: Annotated[ProperName, derived("Official Chinese name at the end of 2019.", beside("divisions", "name_zh"), name=True)]
    name_en: Annotated[Prose, derived("English name.", beside("divisions", "name_en"), name=True)]
    province: Annotated[DivisionRef, derived("The provincial-level unit.", province_in("divisions"))]
    tier: Annotated[vocabularies.Tier, reference("Tier of the status.", "cpad-832")]
    name_listed: Annotated[ProperName | None, reference("Name in the list, where it differs.", "cpad-832", name=True)]
    exit_year: Annotated[Count | None, reference("Year of the assessment that it passed; announced up to five months later.", "cpad-832")]
    announcement: Annotated[str | None, cell.Reference("announcements"), editorial("The act by which it left the list.")]
    announced: Annotated[
        Date | None, derived("Date of that act as EDTF; see its kind there.", beside("announcements", "date", "announcement"))
    ]
    place: Annotated[PlaceRef | None, derived("The county among the places, where the article names it.", beside("places", "key"))]
    delisting: Annotated[DelistingRef | None, editorial("The article's delisting that covers its exit.")]
    source: Annotated[SourceRef, editorial("Where tier and name come from.")]
    certainty: Annotated[vocabularies.Certainty, editorial("How sure tier and year are.")]
    note: Annotated[Prose | None, editorial("What to know about name, tier or exit.")]

    division_record: ClassVar[One[Division]] = One("key")
    province_record: ClassVar[One[Division]] = One("province")
    announcement_record: ClassVar[Maybe[Announcement]] = Maybe("announcement")
    delisting_record: ClassVar[Maybe[Delisting]] = Maybe("delisting")
    place_record: ClassVar[Maybe[Place]] = Maybe("place")
    source_record: ClassVar[One[Source]] = One("source")


@attrs.frozen(eq=False, repr=False)
class Announcement(Described):
    """Reference: an act by which counties left the list; one row per province, assessment year and instalment."""

    key: Annotated[Slug, editorial("Province, assessment year and, where there are several, instalment.")]
    province: Annotated[DivisionRef, reference("The provincial-level unit.", "mca-2019")]
    assessment_year: Annotated[Count, reference("Year of the assessment that the counties passed.", "cpad-832")]
    instalment: Annotated[Count | None, editorial("Number among the acts of province and year; those without a day last.")]
    date: Annotated[Date | None, editorial("When, as EDTF; from the sources of the row.")]
    date_kind: Annotated[vocabularies.DateKind, editorial("What kind of date it is.")]
    act: Annotated[vocabularies.Act | None, editorial("What was done, where the sources say.")]
    authority: Annotated[ProperName | None, editorial("The body that acted, or made it known.")]
    document: Annotated[ProperName | None, editorial("Title or number of the document, or the occasion.")]
    counties_national: Annotated[Count, editorial("Counties on the national list.")]
    counties_provincial: Annotated[Count | None, editorial("Counties of the provincial tier, where the sources say.")]
    names_agree: Annotated[vocabularies.NamesAgree, editorial("Whether its names are those of the rows here.")]
    sources: Annotated[tuple[str, ...] | None, cell.ReferenceList("sources"), editorial("The sources that report it.")]
    trust: Annotated[vocabularies.Certainty, editorial("How sure the date is.")]
    delisting: Annotated[DelistingRef | None, editorial("The article's last batch that this is.")]
    note: Annotated[Prose | None, editorial("What to know about it.")]

    province_record: ClassVar[One[Division]] = One("province")
    delisting_record: ClassVar[Maybe[Delisting]] = Maybe("delisting")
    poverty_counties: ClassVar[Many[PovertyCounty]] = Many("poverty_counties", "announcement")


@attrs.frozen(eq=False, repr=False)
class Reconciliation(Described):
    """One of the 15 regions: the article's numbers beside the counties known by name."""

    key: Annotated[literals.ProvinceKey, cell.Reference("provinces"), derived("The region.", beside("provinces", "key"))]
    article_total: Annotated[Count | None, derived("The article's number of poverty counties.", beside("provinces", "poverty_counties"))]
    national: Annotated[Count, derived("Counties on the national list.", counties("national"))]
    provincial_named: Annotated[Count, derived("Counties of the provincial tier that are known by name.", counties("provincial"))]
    remainder: Annotated[Balance | None, derived("The article's total less these two: counties not known by name.", derivation.remainder)]
    article_last_batch: Annotated[Count, derived("The article's number for the last batch.", beside("provinces", "last_batch_counties"))]
    national_last_batch: Annotated[Count, derived("Counties on the national list in that batch.", counties("national", "batch"))]
    provincial_last_batch: Annotated[Count, derived("Counties of the provincial tier in that batch.", counties("provincial", "batch"))]
    national_last_year: Annotated[Count, derived("Counties on the national list whose exit year is 2019.", counties("national", "year"))]
    agreement: Annotated[vocabularies.Agreement, derived("How far the numbers agree.", derivation.agreement)]
    explanation: Annotated[Prose, editorial("What the numbers are made of, and what remains open.")]
    source: Annotated[SourceRef, derived("The source of the announcement of the last batch.", derivation.source)]

    province_record: ClassVar[One[Province]] = One("key")
    source_record: ClassVar[One[Source]] = One("source")


@attrs.frozen(eq=False, repr=False)
class Caveat(Described):
    """Something that a careful reader must know."""

    key: Annotated[Slug, editorial("What it is about.")]
    kind: Annotated[vocabularies.CaveatKind, editorial("Kind of oddity.")]
    records: Annotated[tuple[str, ...], cell.References(), editorial("The records or cells concerned.")]
    explanation: Annotated[Prose, editorial("What is odd.")]
    treatment: Annotated[Prose, editorial("What we did about it.")]


@attrs.frozen(eq=False, repr=False)
class Source(Described):
    """The article, and every reference that a column draws on."""

    key: Annotated[Slug, editorial("Short name.")]
    title: Annotated[Prose, editorial("Title.", name=True)]
    publisher: Annotated[Prose, editorial("Publisher.")]
    version: Annotated[Prose, editorial("Date or version used.")]
    licence: Annotated[Prose, editorial("Licence or legal status.")]
    trust: Annotated[vocabularies.Trust, editorial("How far it can be trusted.")]
    address: Annotated[Address | None, editorial("Address, where it is the publisher's own or a well-known paper's.")]
    sha256: Annotated[Sha256 | None, editorial("Fingerprint of the file used.")]
    note: Annotated[Prose | None, editorial("What it serves for, and what to know.")]


@attrs.frozen(eq=False, repr=False)
class Span(Described):
    """A stretch of the article that something cites."""

    key: Annotated[str, cell.Position(), editorial("Locator line:start-end in the reference edition.")]
    kind: Annotated[vocabularies.CharacterKind, editorial("What kind of characters stand there.")]
    text: Annotated[ProperName | None, article("The characters, where they are a figure, a date or a name.")]
    digest: Annotated[Digest | None, editorial("Without text: first 16 hex digits of the SHA-256 of its letters, digits and % signs.")]
    lengths: Annotated[Lengths | None, editorial("Without text: how many letters, digits and % signs; of each part if a mask divides it.")]
    position: Annotated[Count, editorial("How many letters, digits and % signs of the article stand before.")]
    neighbours: Annotated[Neighbours, editorial("A byte of digest for each of the two 2-character blocks before and after; __ at an end.")]
    context: Annotated[
        Context,
        editorial(
            "For each side how many of the two characters beside it stand in its line (l, m: none or one before a mask); what signs stand "
            "before, within and after, as bits; first 8 hexadecimal digits of the SHA-256 of the characters with those beside."
        ),
    ]

    citations: ClassVar[Many[Citation]] = Many("citations", "span")


@attrs.frozen(eq=False, repr=False)
class Citation(Described):
    """A cell and a span that it was read from, or rests on."""

    key: Annotated[CitationKey, derived("Table, record, column, span; slashes between.", joined("/", "table", "record", "column", "span"))]
    table: Annotated[literals.TableName, cell.Name(), editorial("Table of the cell.")]
    record: Annotated[ProperName, editorial("Key of the cell's record.")]
    column: Annotated[ProperName, editorial("Column of the cell.")]
    span: Annotated[SpanRef, editorial("The span.")]
    basis: Annotated[vocabularies.Basis, editorial("How the cell follows from the characters.")]

    span_record: ClassVar[One[Span]] = One("span")


@attrs.frozen(eq=False, repr=False)
class SetAside(Described):
    """A number or name of the article that no cell is read from; it may stand in a passage that one of our own texts rests on."""

    key: Annotated[SpanRef, editorial("Its span.")]
    kind: Annotated[vocabularies.AsideKind, editorial("Why it is no data, in one word.")]
    reason: Annotated[Prose, editorial("Why it is no data.")]

    span_record: ClassVar[One[Span]] = One("key")


RECORDS: Mapping[literals.TableName, type[Described]] = FrozenDict({
    "provinces": Province, "places": Place, "delistings": Delisting, "delisting_places": DelistingPlace,
    "events": Event, "indicators": Indicator, "observations": Observation, "practices": Practice, "people": Person,
    "organizations": Organization, "designations": Designation, "industries": Industry, "images": Image,
    "divisions": Division, "county_codes": CountyCode, "poverty_counties": PovertyCounty, "announcements": Announcement,
    "reconciliation": Reconciliation, "caveats": Caveat, "sources": Source, "spans": Span, "citations": Citation,
    "set_aside": SetAside,
})  # fmt: skip
"""Every table with its record class."""


def bundled(name: str) -> bytes:
    """The bytes of a file of the installed data, from a folder or a zip file."""
    found = pkgutil.get_data("povdata", f"data/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return found


DATASET = Dataset((Table(name, record) for name, record in RECORDS.items()), bundled, naming.NAMING)
"""The installed data: every table by name."""
