"""How likely things are in people's lives, the same for the branch and the nation."""

from kyosai_lists.products import MAIN_OF_ATTACHED

# Years from a school cohort's start to its first working 年度: 高卒 19, 短大卒 21, 大卒 23.
ENTRY = (19, 21, 23, 24, 25, 26, 28, 31, 35, 40)
ENTRY_WEIGHTS = (23, 14, 42, 6, 4, 3, 3, 2, 2, 1)
# Whoever does not begin in April begins on the first of one of these.
LATER_MONTHS = (7, 10, 10, 10, 10, 12, 1)

# Up to this age: chance of a spouse; weights of the DWELLINGS.
HOUSEHOLD_BY_AGE: tuple[tuple[int, float, tuple[int, int, int, int]], ...] = (
    (24, 0.04, (1, 40, 4, 55)),
    (29, 0.25, (8, 50, 4, 38)),
    (34, 0.52, (28, 45, 3, 24)),
    (39, 0.64, (48, 32, 3, 17)),
    (49, 0.70, (66, 19, 2, 13)),
    (59, 0.74, (78, 12, 1, 9)),
    (200, 0.78, (86, 9, 0, 5)),
)
DWELLINGS = ("持家", "賃貸", "社宅", "実家")
CHILDREN, CHILDREN_WEIGHTS = (1, 2, 3), (30, 50, 20)  # of those who have any

# Who joins what, beside 1.0 for a 正規 or the owner of a house.
EMPLOYMENT_USUAL = {"正規": 1.0, "再任用": 0.6, "会計年度任用職員": 0.25, "臨時・非常勤": 0.12}
EMPLOYMENT_SOGO = {"正規": 6.0, "再任用": 3.0, "会計年度任用職員": 1.0, "臨時・非常勤": 0.7}
FIRE_BY_DWELLING = {"持家": 1.0, "賃貸": 0.45, "社宅": 0.2, "実家": 0.04}
# Of those who left, retired or died: how many held what until that day.
END_WITH_WORK = {"sogo": 0.95, "group_life": 0.42, "long_term": 0.3, "traffic": 0.25}
# Given up only with the job, hardly ever, or with the main contract.
NOT_CANCELLED = {"sogo", "retiree_group_life", "post_retirement", "care", "child_maturity", *MAIN_OF_ATTACHED}

# How many a branch has just received of each product, by itself and for a main contract.
APPLIED = {"group_life": 50, "my_car": 20, "fire": 15, "long_term": 12, "traffic": 10, "retiree_group_life": 4}
APPLIED_TO_MAIN = {"natural_disaster": 16, "vehicle_damage": 10}
APPLICATION_STATES = (("受付", "不備", "取下"), (84, 9, 7))
STOPPED = ("group_life", "my_car", "fire", "natural_disaster", "long_term", "retiree_group_life", "traffic", "sogo")
STOP_EVERYTHING = 0.4
STOP_REASONS = (("本人申出", "家族の申出", "他団体で加入", "苦情対応中", "訪問辞退"), (70, 8, 10, 7, 5))
