"""Reads what Rin has written with programs that know nothing of it, and says as JSON what they found."""

import collections
import csv
import json
import pathlib
import sys

import icalendar
import networkx
import vobject

folder = pathlib.Path(sys.argv[1])


def unguarded(text):
    """Takes off the apostrophe that keeps a spreadsheet from reading a formula."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t\r" else text


def same(text, value):
    """Whether a cell of a table says the same as a value in JSON."""
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, (int, float)):
        return float(text) == value
    return unguarded(text) == value


def tables():
    found = {}
    for path in sorted(folder.glob("csv/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        lines = (folder / "jsonl" / (path.stem + ".jsonl")).read_text("utf-8").splitlines()
        objects = [json.loads(line) for line in lines]
        columns = [list(one) for one in objects]
        differ = [
            (column, row[column], one[column])
            for row, one in zip(rows, objects)
            for column in one
            if not same(row[column], one[column])
        ]
        formulas = [cell for row in rows for cell in row.values() if cell and cell[0] in "=+@\t\r"]
        found[path.stem] = {
            "rows": len(rows),
            "objects": len(objects),
            "is_square": all(None not in row and None not in row.values() for row in rows),
            "columns_agree": all(list(row) == one for row, one in zip(rows, columns)),
            "differ": differ[:5],
            "formulas": formulas,
        }
    return found


def graph(graph):
    contacts = [one for *_, one in graph.edges(data=True) if one["kind"] == "interaction"]
    return {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "directed": graph.is_directed(),
        "labels": sorted(one.get("label", "") for _, one in graph.nodes(data=True)),
        "own": sum(one["own"] is True for _, one in graph.nodes(data=True)),
        "alive": sum(one["alive"] for _, one in graph.nodes(data=True) if "alive" in one),
        "kinds": collections.Counter(one["kind"] for *_, one in graph.edges(data=True)),
        "weight": sum(one["weight"] for one in contacts),
        "dated": sum("start" in one and "end" in one for one in contacts),
        "in_order": all(one["start"] <= one["end"] for one in contacts if "end" in one),
    }


def cards():
    text = (folder / "csv" / "cards.vcf").read_bytes()
    lines = text.split(b"\r\n")
    found = list(vobject.readComponents(text.decode("utf-8")))
    return {
        "names": sorted(card.fn.value for card in found),
        "versions": sorted({card.version.value for card in found}),
        "mail": sum(len(card.contents.get("email", [])) for card in found),
        "profiles": sum(len(card.contents.get("socialprofile", [])) for card in found),
        "categories": sorted(tag for card in found for it in card.contents.get("categories", []) for tag in it.value),
        "longest": max(len(line) for line in lines),
        "bare": text.replace(b"\r\n", b"").count(b"\n"),
    }


def calendar(name):
    found = icalendar.Calendar.from_ical((folder / name).read_bytes())
    events = found.walk("VEVENT")
    return {
        "errors": [str(error) for event in events for error in event.errors],
        "uids": len({str(event["UID"]) for event in events}),
        "days": sorted(event.decoded("DTSTART").isoformat() for event in events),
        "whole": all((event.decoded("DTEND") - event.decoded("DTSTART")).days == 1 for event in events),
        "summaries": sorted(str(event["SUMMARY"]) for event in events),
    }


print(json.dumps({
    "tables": tables(),
    "gexf": graph(networkx.read_gexf(folder / "csv" / "network.gexf", version="1.3")),
    "graphml": graph(networkx.read_graphml(folder / "csv" / "network.graphml")),
    "cards": cards(),
    "calendar": calendar("week.ics"),
}))
