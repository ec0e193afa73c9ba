"""The log counts every request, however many it keeps."""

from bot.playground.halo.request_log import LoggedRequest, RequestLog


def request(number: int) -> LoggedRequest:
    return LoggedRequest(host="halo", method="GET", path=f"/{number}", query="", started_s=float(number))


def test_only_the_newest_are_kept_and_all_are_counted():
    log = RequestLog()
    for number in range(5):
        log.add(request(number))

    log.keep(2)
    log.add(request(5))

    assert log.targets() == ["halo/4", "halo/5"]
    assert log.total == 6
