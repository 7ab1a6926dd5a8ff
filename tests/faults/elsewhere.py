"""Rows of the catalogue that other tests show, and rows that wait for a later part of the project."""

from __future__ import annotations

from dataclasses import dataclass

LATER = "reading room: not of this issue"


@dataclass(frozen=True)
class Elsewhere:
    """A row that is shown by other tests."""

    row: int
    name: str
    tests: tuple[str, ...] = ()
    """As pytest names them, file and function."""
    why: str = ""
    """Why no test shows it, or shows only part of it."""


ROWS = (
    Elsewhere(76, "kill -9 at any point", ("tests/test_kills.py::test_a_crawl_that_is_killed_and_begun_anew_ends_as_one_that_was_not", "tests/test_kills.py::test_a_killed_writer_loses_nothing_that_it_reported")),
    Elsewhere(77, "SIGTERM; Ctrl-C once", ("tests/test_stopping.py::test_the_first_signal_lets_what_is_in_flight_come_to_its_end_and_sends_nothing_more", "tests/test_stopping.py::test_what_does_not_come_to_its_end_in_time_is_cut_off")),
    Elsewhere(78, "Ctrl-C twice", ("tests/test_stopping.py::test_the_second_signal_cuts_off_what_is_in_flight_and_leaves_a_whole_archive",)),
    Elsewhere(79, "power loss: a tail of zeros", ("tests/archive/test_repair.py::test_a_tail_of_zeros_is_cut", "tests/store/test_database.py::test_a_writer_is_durable_and_patient")),
    Elsewhere(80, "disk full, database", ("tests/store/test_database.py::test_a_full_disk_keeps_what_was_stored", "tests/test_crawl.py::test_a_full_disk_stops_the_run_with_one_sentence_and_whole_files")),
    Elsewhere(81, "disk full, WARC", ("tests/archive/test_full_disk.py::test_a_disk_that_is_full_at_any_byte_leaves_whole_records", "tests/archive/test_writer.py::test_a_write_in_pieces_is_whole")),
    Elsewhere(82, "folder or database that may only be read", ("tests/store/test_database.py::test_a_read_only_folder_can_be_read", "tests/store/test_database.py::test_a_folder_that_cannot_be_made_is_a_disk_error")),
    Elsewhere(83, "two crawls at once", ("tests/cli/test_bad_input.py::test_an_archive_that_another_run_holds", "tests/archive/test_lock.py::test_a_second_lock_is_refused_and_names_the_process_that_holds_the_first")),
    Elsewhere(84, "a reader holds a transaction", ("tests/faults/test_process.py::test_a_reader_that_holds_a_transaction_holds_up_no_crawl",)),
    Elsewhere(85, "a transaction that reads first and writes later", ("tests/faults/test_process.py::test_a_transaction_that_reads_first_may_write_though_another_wrote_before_it",)),
    Elsewhere(86, "damaged database", ("tests/test_rebuild.py::test_a_damaged_database_is_kept_aside_and_made_again", "tests/store/test_database.py::test_half_a_file_is_told_as_damage")),
    Elsewhere(87, "database copied without its -wal", ("tests/faults/test_process.py::test_a_database_that_was_copied_without_its_wal_is_recognised",)),
    Elsewhere(88, "database of another version", ("tests/store/test_database.py::test_a_database_of_a_newer_version_is_refused", "tests/store/test_database.py::test_a_database_of_the_first_version_is_brought_up_to_date")),
    Elsewhere(89, "clock and time zone", ("tests/faults/test_process.py::test_the_zone_of_the_machine_has_no_say", "tests/store/test_articles.py::test_an_older_reading_does_not_overwrite_a_newer_one")),
    Elsewhere(90, "last WARC member cut", ("tests/archive/test_repair.py::test_a_file_cut_at_any_byte_keeps_its_whole_records_and_what_is_torn_lies_beside_it", "tests/archive/test_reader.py::test_a_record_that_is_cut_anywhere_is_refused_and_those_before_it_are_read")),
    Elsewhere(91, "append after a cut tail", ("tests/archive/test_repair.py::test_the_writer_goes_on_beside_a_repaired_file_and_every_record_is_read", "tests/archive/test_writer.py::test_a_torn_end_that_could_not_be_cut_at_once_is_cut_before_anything_follows")),
    Elsewhere(92, "byte flipped or cut in the middle", ("tests/archive/test_repair.py::test_damage_between_whole_records_hides_none_of_those_behind_it", "tests/verify/test_damage.py::test_every_flipped_bit_is_found")),
    Elsewhere(93, "pipeline exception; server down", ("tests/test_exit_codes.py::test_a_crawl_whose_pipeline_breaks_over_every_item_is_an_error", "tests/cli/test_bad_input.py::test_an_unreachable_host")),
    Elsewhere(94, "search syntax", ("tests/store/test_search.py::test_no_text_is_an_error",), LATER),
    Elsewhere(95, "SQL abuse", (), LATER),
    Elsewhere(96, "stored XSS", ("tests/reading/body/test_body_html.py::test_nothing_that_runs_is_left",), LATER),
    Elsewhere(97, "CSV formula cells", (), "export of CSV: not of this issue"),
    Elsewhere(98, "hostile WARC", ("tests/test_import.py::test_mutilated_files_are_imported_or_refused_and_nothing_is_written_elsewhere", "tests/archive/test_foreign.py::test_a_50_mb_header_line_is_one_fault")),
)  # fmt: skip
