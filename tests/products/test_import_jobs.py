"""Imports and exports in the background: started in the admin, done in slices by a worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from products import job_steps, jobs
from products.catalog_file import importing
from products.models import ImportJob, Product
from tests.factories import make_product
from tests.products.files import everything, exported, file_of, imported
from tests.products.makers import make_person

pytestmark = pytest.mark.django_db

State, Step = ImportJob.State, ImportJob.Step
GOOD = ("sku,product,price", "A,Mug,3", "B,Cup,4", "C,Jug,5")


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What the broker was told; nothing runs by itself."""
    messages: list[tuple[str, Any]] = []

    def keep(name: str, args: Any) -> bool:
        messages.append((name, args))
        return True

    monkeypatch.setattr(jobs, "send_task", keep)
    return messages


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_person("olga", "add_importjob", "view_importjob"))
    return client


def upload(client: Client, *lines: str, **fields: str) -> ImportJob:
    file = SimpleUploadedFile("spring.csv", file_of(*lines), content_type="text/csv")
    response = client.post("/admin/product-files/import/", {"file": file, **fields})
    job = ImportJob.objects.get()
    assert response["Location"] == f"/admin/product-files/{job.pk}/"
    return job


def look(client: Client, job: ImportJob) -> str:
    return client.get(f"/admin/product-files/{job.pk}/").content.decode()


def post(client: Client, job: ImportJob, action: str) -> HttpResponse:
    return client.post(f"/admin/product-files/{job.pk}/{action}/")


def work(job: ImportJob) -> None:
    """What workers do until nothing of the job is due."""
    for _slice in range(50):
        if not jobs.run_job(job.pk):
            break
    job.refresh_from_db()


# --- The way through ---------------------------------------------------------------------------


def test_a_file_is_checked_shown_and_then_imported(
    admin: Client, django_capture_on_commit_callbacks: Any, told: list[tuple[str, Any]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = upload(admin, *GOOD)
    assert told == [("products.tasks.run_import_job", (job.pk,))]
    html = look(admin, job)
    assert '<meta http-equiv="refresh" content="3">' in html
    assert "waiting for its turn." in html
    work(job)
    assert (job.state, job.step, job.user.get_username()) == (State.CHECKED, Step.CHECK, "olga")
    html = look(admin, job)
    assert "3 new products" in html
    assert "Import now" in html
    assert "http-equiv" not in html
    assert not Product.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        post(admin, job, "import")
    assert len(told) == 2
    work(job)
    assert (job.state, job.step) == (State.DONE, Step.IMPORT)
    assert [product.name for product in Product.objects.all()] == ["Cup", "Jug", "Mug"]
    assert "The import changed" in look(admin, job)
    movement = Product.objects.get(name="Mug").variants.get().stock.movements.get()
    assert movement.user == job.user


def test_wrong_lines_are_shown_and_only_the_right_ones_imported(admin: Client) -> None:
    job = upload(admin, *GOOD, "D,Pot,24,90", "E,Pan,<b>")
    work(job)
    html = look(admin, job)
    assert "Import the right lines only" in html
    assert "The line has 4 cells, but the first line names 3 columns." in html
    assert "“&lt;b&gt;” is not a number." in html
    post(admin, job, "import")
    work(job)
    assert Product.objects.count() == 3
    assert "What was left out" in look(admin, job)


def test_a_file_that_is_none_says_why(admin: Client) -> None:
    job = upload(admin, "sku,prise", "A,3")
    work(job)
    assert job.state == State.FAILED
    page = look(admin, job)
    assert "Line 1: The column “prise” is not known. Is it “price”?" in page
    assert "Choose another file" in page
    assert "Start again where it stopped" not in page
    post(admin, job, "import")
    work(job)
    assert not Product.objects.exists()


def test_the_whole_catalog_is_exported_and_downloaded(admin: Client) -> None:
    imported(*GOOD)
    admin.post("/admin/product-files/export/")
    job = ImportJob.objects.get()
    assert post(admin, job, "download").status_code == 405
    assert admin.get(f"/admin/product-files/{job.pk}/download/").status_code == 404
    work(job)
    assert "The file with 3 products is ready." in look(admin, job)
    response = admin.get(f"/admin/product-files/{job.pk}/download/")
    assert response.content == exported()
    assert response["Content-Disposition"] == f'attachment; filename="{job.file_name}"'
    assert "no-store" in response["Cache-Control"]


def test_an_empty_catalog_is_exported_as_its_first_line(admin: Client) -> None:
    admin.post("/admin/product-files/export/")
    job = ImportJob.objects.get()
    work(job)
    assert (job.state, bytes(job.content)) == (State.DONE, exported())


def test_the_page_stops_looking_on_request(admin: Client) -> None:
    job = upload(admin, *GOOD)
    html = admin.get(f"/admin/product-files/{job.pk}/?still=1").content.decode()
    assert "http-equiv" not in html
    assert "Look again" in html


# --- What may go wrong -------------------------------------------------------------------------


def in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of one product, and slices of one portion."""
    monkeypatch.setattr(importing, "PORTION", 1)
    monkeypatch.setattr(job_steps, "EXPORT_PORTION", 1)
    monkeypatch.setattr(jobs, "_deadline", lambda seconds: iter([False, *[True] * 99]).__next__)


@pytest.mark.parametrize("step", [Step.IMPORT, Step.EXPORT])
def test_a_long_job_is_done_in_slices_with_the_same_result(
    step: ImportJob.Step, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    if step == Step.EXPORT:
        imported(*GOOD)
    in_slices(monkeypatch)
    job = ImportJob.objects.create(step=step, file_name="x.csv")
    if step == Step.IMPORT:
        ImportJob.objects.update(content=file_of(*GOOD))
    assert jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.position, job.total) == (State.WAITING, 1, 3)
    work(job)
    assert (job.state, job.position) == (State.DONE, 3)
    assert Product.objects.count() == 3
    if step == Step.IMPORT:
        assert (job.report["new_products"], job.report["new_variants"]) == (3, 3)
    else:
        assert bytes(job.content) == exported()


def test_the_job_of_a_killed_worker_goes_on_where_it_was(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_slices(monkeypatch)
    job = ImportJob.objects.create(step=Step.IMPORT, file_name="x", content=file_of(*GOOD))
    jobs.run_job(job.pk)
    later = timezone.now() + timedelta(minutes=3)
    ImportJob.objects.update(state=State.RUNNING, claimed_until=later)
    assert not jobs.run_job(job.pk)
    ImportJob.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert "Start again where it stopped" in look(admin, job)
    assert jobs.run_waiting_jobs() == 1
    work(job)
    assert (job.state, job.report["new_products"]) == (State.DONE, 3)


def test_a_slow_worker_whose_job_was_taken_writes_nothing(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ImportJob.objects.create(step=Step.IMPORT, file_name="x", content=file_of(*GOOD))

    def taken_meanwhile(*args: Any) -> int:
        position = importing.write_portion(*args)
        ImportJob.objects.update(position=2)
        return position

    monkeypatch.setitem(
        job_steps.STEPS,
        Step.IMPORT,
        lambda job, is_over: job_steps._go_through(job, taken_meanwhile, is_over),
    )
    jobs.run_job(job.pk)
    assert not Product.objects.exists()


def test_what_failed_unexpectedly_can_be_started_again(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ImportJob.objects.create(step=Step.IMPORT, file_name="x", content=file_of(*GOOD))

    def broken(*args: Any) -> bool:
        raise RuntimeError("Müller, secret")

    with monkeypatch.context() as broken_for_a_while:
        broken_for_a_while.setitem(job_steps.STEPS, Step.IMPORT, broken)
        work(job)
    assert (job.state, job.error) == (State.FAILED, "It stopped unexpectedly (RuntimeError).")
    post(admin, job, "again")
    work(job)
    assert (job.state, job.error) == (State.DONE, "")
    assert Product.objects.count() == 3


def test_without_a_broker_the_work_is_done_on_the_spot(
    admin: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(jobs, "send_task", lambda name, args: False)
    with django_capture_on_commit_callbacks(execute=True):
        job = upload(admin, *GOOD)
    job.refresh_from_db()
    assert job.state == State.CHECKED


def test_an_import_is_started_once(admin: Client) -> None:
    job = upload(admin, *GOOD)
    work(job)
    post(admin, job, "import")
    work(job)
    before = everything()
    assert (
        "This import was started already."
        in admin.post(f"/admin/product-files/{job.pk}/import/", follow=True).content.decode()
    )
    work(job)
    post(admin, job, "again")
    work(job)
    assert everything() == before


def test_files_that_cannot_be_taken_in_are_refused(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = admin.post("/admin/product-files/import/", {})
    assert response.context["form"].errors == {"file": ["Choose a file."]}
    empty = SimpleUploadedFile("a.csv", b"")
    response = admin.post("/admin/product-files/import/", {"file": empty})
    assert response.context["form"].errors == {"file": ["The file is empty."]}
    monkeypatch.setattr("products.admin.import_jobs.MAX_BYTES", 3)
    large = SimpleUploadedFile("a.csv", b"four")
    response = admin.post("/admin/product-files/import/", {"file": large})
    assert response.context["form"].errors["file"][0].startswith("The file is larger than 20 MB.")
    assert not ImportJob.objects.exists()


def test_old_jobs_go_when_a_new_one_comes(admin: Client) -> None:
    old = ImportJob.objects.create(step=Step.EXPORT, file_name="old")
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=91))
    upload_time = ImportJob.objects.create(step=Step.EXPORT, file_name="new")
    admin.post("/admin/product-files/export/")
    assert not ImportJob.objects.filter(pk=old.pk).exists()
    assert ImportJob.objects.filter(pk=upload_time.pk).exists()


def test_the_list_shows_who_started_what(admin: Client) -> None:
    job = upload(admin, *GOOD)
    html = admin.get("/admin/product-files/").content.decode()
    assert f"/admin/product-files/{job.pk}/" in html
    assert "spring.csv" in html
    assert "Export all products" in html


def test_all_of_it_takes_the_permission(client: Client) -> None:
    make_product(sku="A")
    job = ImportJob.objects.create(step=Step.EXPORT, state=State.DONE, file_name="x", content=b"s")
    client.force_login(make_person("sam", "change_product"))
    base = "/admin/product-files/"
    for url in (base, f"{base}import/", f"{base}{job.pk}/", f"{base}{job.pk}/download/"):
        assert client.get(url)["Location"] == "/admin/", url
    for url in (f"{base}export/", f"{base}{job.pk}/import/", f"{base}{job.pk}/again/"):
        assert client.post(url)["Location"] == "/admin/", url
    assert ImportJob.objects.count() == 1
