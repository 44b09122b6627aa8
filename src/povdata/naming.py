"""What names of Chinese places look like in Chinese, pinyin and English: the word for the kind at their end, and the peoples before it.

>>> NAMING.stems("威宁彝族回族苗族自治县"), NAMING.stems("Weining Yi, Hui and Miao Autonomous County")
(['威宁', '威宁彝族回族苗族'], ['Weining', 'Weining Yi, Hui and Miao', 'Weining Yi, Hui Miao'])
>>> list(NAMING.kinds("凉山州"))
[('凉山', '州')]
"""

import re
from collections.abc import Iterator
from typing import Any

from povdata.model.frozen import FrozenDict
from povdata.model.lookup import Naming, folded
from povdata.variants import VARIANTS

_KINDS = {
    "province": "省 sheng Province; 市 shi City; 自治区 zizhiqu Autonomous Region",
    "prefecture": "市 shi City; 自治州 zizhizhou Autonomous Prefecture; 地区 diqu Prefecture; 盟 meng League",
    "county": "市 shi City; 区 qu District; 特区 tequ Special District; 县 xian County; 自治县 zizhixian Autonomous County; 旗 qi Banner; "
    "自治旗 zizhiqi Autonomous Banner",
    "district_of_county": "区 qu District",
    "township": "镇 zhen Town; 乡 xiang Township; 街道 jiedao Subdistrict",
    "village": "村 cun Village; 社区 shequ Community",
    "hamlet": "村 cun Village",
}
"""The kinds of China's administrative divisions by level: Chinese, pinyin, English."""
_EACH = [(level, *kind.split(" ", 2)) for level, kinds in _KINDS.items() for kind in kinds.split("; ")]
_LEVELS = {kind: {level for level, other, *_ in _EACH if other == kind} for _, kind, *_ in _EACH}
_SHORT = {"州": "自治州", "zhou": "自治州", "prefecture": "地区", "municipality": "市", "hamlet": "村"}  # or what stands for several
_WORDS = {word: kind for _, kind, pinyin, name in _EACH for word in (kind, pinyin, folded(name))} | _SHORT  # folded
_LONGEST = max(map(len, _WORDS))
_LAST = {"0", *(kind[-1] for kind in _LEVELS)}  # what a code or Chinese name that says its kind ends with

_PEOPLES = (  # after whom autonomous units are named
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|"
    "仡佬|锡伯|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|阿昌|高山|京|基诺|门巴|珞巴|赫哲|俄罗斯|乌孜别克|塔塔尔|各"
)
_CHINESE = f"(.+?)((?:(?:{_PEOPLES})族|维吾尔)*)({'|'.join(sorted(_LEVELS, key=len, reverse=True))})"
_LATIN = (
    rf"(.+?)[ ]({'|'.join(sorted((each[3] for each in _EACH), key=len, reverse=True))}|Hamlet"
    r"|(?:Zìzhì)?(?:[Ss]hěng|[Ss]hì|[Qq]ū|Tèqū|[Xx]iàn|[Qq]í|[Zz]hōu)|Dìqū|Méng|Zhèn|Xiāng|Cūn|Shèqū|Jiēdào)"
)


def _stems(name: str) -> list[str]:
    """A name without the word for its kind, and where peoples stand before that also without these; a code without the zeros at its end."""
    if " " not in name and name[-1:] not in _LAST:  # most names; the patterns would take half of the time of an index
        return []
    if re.fullmatch("[0-9]{4}00", name):
        return [name[:2] if name.endswith("0000") else name[:4]]
    if found := re.fullmatch(_CHINESE, name):
        return [form for form in dict.fromkeys((found[1], found[1] + found[2])) if len(form) > 1]
    if not (found := re.fullmatch(_LATIN, name)):
        return []
    stem = whole = found[1]
    if found[2].startswith(("Autonomous", "Zìzhì")):
        words = re.split(", | and ", whole)[0].split(" ")  # "Weining Yi, Hui and Miao": the peoples, the first behind the name
        named = [word for word in words if not word.endswith("zú")]
        stem = " ".join(named if len(named) < len(words) else words[:-1]) or whole
    return list(dict.fromkeys((stem, whole, whole.replace(" and ", " "))))


def _kinds(name: str) -> Iterator[tuple[str, str]]:
    """The ways in which a folded name ends with a word for a kind; the longest first."""
    for length in range(min(_LONGEST, len(name) - 1), 0, -1):
        if name[-length:] in _WORDS:
            yield name[:-length], name[-length:]


def _fits(record: Any, word: str) -> bool:
    """Whether a record is of the kind that a word stands for, by its official name and its level; an autonomous county is a county."""
    if not hasattr(record, "name_zh"):  # a row about a division
        return hasattr(record, "division_record") and _fits(record.division_record, word)
    level, kind = getattr(record, "level", None), _WORDS[word]
    if word == "prefecture":
        return bool(level == "prefecture")
    levels = _LEVELS[kind] | _LEVELS.get(f"自治{kind}", set())
    return bool(record.name_zh.endswith(kind)) and (level is None or level in levels)


NAMING = Naming(  # of the installed data
    languages=FrozenDict(en="English", zh="Chinese"),
    language=lambda text: "zh" if any(character >= "\u2e80" for character in text) else "en",
    plain=lambda text: text.translate(VARIANTS),  # from traditional, variant and radical forms
    stems=_stems,
    kinds=_kinds,
    fits=_fits,
    everything=frozenset({"cn", "china", "中国", "zhongguo"}),
)
