"""The vocabularies: each value with what it means, said once. Types, checks, dictionary and exports follow from them."""

from collections.abc import Mapping

PART_OF_PERIOD: Mapping[str, str] = {"start": "its beginning", "end": "its end", "morning": "in the morning"}
RELATION: Mapping[str, str] = {
    "exact": "no qualifier stands by the figure",
    "more_than": "above the figure",
    "less_than": "below the figure",
    "at_least": "the figure or above",
    "at_most": "the figure or below",
    "about": "near the figure, bounds not said",
}
CHANGE_ROLE: Mapping[str, str] = {"from": "the start of a change", "to": "the end of a change"}
REGION_KIND: Mapping[str, str] = {
    "province": "a province (省)",
    "autonomous_region": "an autonomous region (自治区)",
    "municipality": "a municipality under the central government (直辖市)",
}
PLACE_LEVEL: Mapping[str, str] = {
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
PLACE_ROLE: Mapping[str, str] = {
    "region": "one of the 15 provincial-level regions",
    "delisted": "named as leaving the list; the article says nothing more about it",
    "example": "the scene of a practice, figure, person or picture, or holder of a status",
    "located": "named only to say where an example lies",
    "mentioned": "named in passing",
    "name_part": "named only inside the name of a body or medium",
    "hierarchy": "not in the article; here so that every unit has its parent",
}
ACTION: Mapping[str, str] = {
    "notice": "a notice was published",
    "announcement": "an announcement was published",
    "approval": "the exit was approved; date and body are those of the approval",
    "declaration": "the exit was declared",
    "reported": "the article reports the exit but names no act",
}
EVENT_KIND: Mapping[str, str] = {
    "founding": "a body was founded",
    "award": "a distinction was given",
    "visit": "somebody came",
    "survey": "something was found out systematically",
    "designation": "a place was given a status",
    "start": "a programme or undertaking began",
    "target": "something is to be reached by then",
    "other": "another dated happening",
}
QUANTITY_KIND: Mapping[str, str] = {
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
MEASURE: Mapping[str, str] = {
    "stock": "the state at a time",
    "flow": "what happens within a period",
    "cumulative": "a running total up to a time",
    "change": "a rise or fall",
}
PRACTICE_CATEGORY: Mapping[str, str] = {
    "party_building": "Party branches, their organization, activities and elections",
    "cadres": "selecting, sending and managing officials",
    "training": "teaching skills and knowledge, study tours",
    "industry": "products, enterprises, cooperatives and markets",
    "pairing": "support for villages and households by units or persons paired with or assigned to them",
    "collective_economy": "income and assets owned by villages",
    "digital": "apps, platforms and online services",
    "motivation": "attitudes, spirit and self-reliance",
    "infrastructure": "facilities, services and housing",
    "governance": "who leads the work and how: responsibilities, rules, procedures, meetings, visits, surveys, settling disputes",
    "finance": "raising, pooling and granting money",
    "talent": "bringing talent home and finding it locally",
    "employment": "jobs and work at home",
}
BODY_KIND: Mapping[str, str] = {
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
BODY_ROLE: Mapping[str, str] = {
    "authority": "announced, approved or endorsed an exit",
    "actor": "runs or takes part in a practice",
    "credited_medium": "credited as a source in the closing line",
    "compiler": "compiled the article",
    "mentioned": "named in passing",
}
DESIGNATION_STATUS: Mapping[str, str] = {
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
SECTOR: Mapping[str, str] = {
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
    "other": "another branch",
}
CAVEAT_KIND: Mapping[str, str] = {
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
ASIDE_KIND: Mapping[str, str] = {
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
CHARACTER_KIND: Mapping[str, str] = {
    "figure": "a number with its unit and qualifier",
    "date": "a date",
    "name": "a proper name",
    "phrase": "other words, kept as a digest",
}
BASIS: Mapping[str, str] = {
    "stated": "the characters say it of this record",
    "context": "the characters stand elsewhere and carry over",
    "inferred": "our reading goes beyond what is printed",
}
TRUST: Mapping[str, str] = {
    "primary": "the article itself",
    "high": "two or more sources agree",
    "medium": "one source, plausible throughout",
    "low": "not confirmed",
}
TIER: Mapping[str, str] = {
    "national": "on the national list of 832",
    "provincial": "poverty county of a province alone",
    "national_key_district": "a district below a county that the national list of key counties of 2012 counts by itself",
}
PANEL_STATUS: Mapping[str, str] = {
    "listed": "had not left the list by the assessment of the year",
    "exited": "left the list with the assessment of the year or of an earlier one",
}
AGREEMENT: Mapping[str, str] = {
    "by_name": "the article's numbers are those of the counties known by name",
    "by_year": "so are they, but the national list dates some exits otherwise than the article's last batch",
    "by_number": "the article's total is larger than the number of counties known by name",
    "no_total": "the article gives no total; its last batch agrees",
}
DIVISION_LEVEL: Mapping[str, str] = {
    "province": "a provincial-level unit",
    "prefecture": "a prefectural-level unit",
    "county": "a county-level unit: county, banner, district or county-level city",
    "zone": "an administrative committee or zone, run like a county but without a code",
    "district_of_county": "a district below a county (县辖区)",
}
CERTAINTY: Mapping[str, str] = {
    "high": "sources agree, or the source is the act itself",
    "medium": "one source, plausible",
    "low": "uncertain: see the note",
}
POINT_CERTAINTY: Mapping[str, str] = {
    "high": "confirmed by a second source",
    "medium": "plausible, but not closely confirmed",
    "low": "a centroid or former seat, more than 15 km from the other source",
}
CODE_RELATION: Mapping[str, str] = {
    "same": "the code of 2019",
    "before": "an earlier code of the same county",
    "after": "a later code of the same county",
    "part": "the code of a county that covers, or covered, this one only in part or with others",
}
DATE_KIND: Mapping[str, str] = {
    "province": "the day of the province's own act, or of its publication",
    "national": "the day on which the national office made it known",
    "month": "the month only",
    "bound": "an interval: on or before, on or after, or between two days",
    "unknown": "not found",
}
ACT: Mapping[str, str] = {
    "announcement": "an announcement (公告)",
    "approval": "an approval (批复)",
    "meeting": "a meeting of the executive",
    "notice": "a notice (通知)",
    "pre_announcement": "a public notice beforehand (公示)",
    "press_conference": "a press conference",
    "statement": "a statement to the press",
}
NAMES_AGREE: Mapping[str, str] = {
    "yes": "its names are those of the rows here",
    "partly": "its number is that of the rows here, and so are the names that it gives, or another text gives the rest",
    "not_seen": "no names were seen",
}

# The words of the article that decide, tried in this order.
CHANGE_ROLE_WORDS: Mapping[str, str] = {"to": "到|至|成", "from": "由|从|减少"}
ACTION_WORDS: Mapping[str, str] = {
    "notice": "通知",
    "announcement": "公告",
    "approval": "批准|批复",
    "declaration": "宣布",
    "reported": "退出|摘帽|脱贫|捷报|出列",
}
FORMAT: Mapping[str, str] = {
    "datapackage": "a folder of CSV files, described for Frictionless, CSV on the Web, Croissant and Web Annotation",
    "sqlite": "a database with keys and checks",
    "parquet": "a folder with a file per table",
    "xlsx": "a workbook with a sheet per table",
    "html": "a folder of pages that any browser opens, without a network",
}
"""What `export` writes."""
