"""組合員名簿: one member as the cells of a roster, under the standard headings."""

from datetime import date

from kyosai_lists.demo.branch.population import Person

Cell = str | int | date | None
Row = dict[str, Cell]

DATE_HEADERS = ("生年月日", "採用年月日", "退職予定日", "末子生年月日")


def roster_row(person: Person) -> Row:
    """Heading → cell; dates are dates, None where there is none."""
    career, home, contact = person.career, person.household, person.contact
    return {
        "組合員番号": person.number,
        "単組コード": person.union.code,
        "職場名": "" if person.workplace is None else person.union.workplaces[person.workplace],
        "職場順": None if person.workplace is None else 10 * (person.workplace + 1),
        "氏名": person.name,
        "氏名カナ": person.kana,
        "生年月日": career.born,
        "性別": person.sex,
        "採用年月日": career.hired,
        "雇用区分": career.employment,
        "在籍区分": career.status,
        "退職予定日": career.leaving,
        "退職後区分": career.after,
        "世帯主": home.householder,
        "配偶者": home.spouse,
        "子の人数": home.children,
        "末子生年月日": home.youngest,
        "住居区分": home.dwelling,
        "組合役職": person.role,
        "郵便番号": contact.postal_code,
        "住所": contact.address,
        "内線": contact.extension if person.in_service else "",
        "電話番号": contact.phone,
        "携帯電話": contact.mobile,
        "メール": f"m{person.number}@example.jp" if int(person.number) % 4 == 1 else "",
    }
