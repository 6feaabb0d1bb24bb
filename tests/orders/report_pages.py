"""Pages of reports in the admin, as they are read, and what is taken along of them."""

import csv
from io import BytesIO, StringIO

from bs4 import BeautifulSoup
from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import load_workbook

JULY = {"days_from": "2026-07-01", "days_to": "2026-07-31"}


def url(name: str) -> str:
    return f"/admin/reports/{name}/"


def table(client: Client, name: str, **query: str) -> list[list[str]]:
    """The rows of the table with its headings and totals, as they are read."""
    html = client.get(url(name), query or JULY).content.decode()
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in BeautifulSoup(html, "html.parser").select(".figures__table tr")
    ]


def text(client: Client, name: str, **query: str) -> str:
    html = client.get(url(name), query).content.decode()
    return " ".join(BeautifulSoup(html, "html.parser").main.get_text().split())


def read_csv(response: HttpResponseBase) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


def read_xlsx(response: HttpResponseBase) -> list[tuple]:
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    return [tuple(cell for cell in row) for row in sheet.rows]
