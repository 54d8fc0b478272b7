from pipeline.interim import Interim


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_the_first_rows_come_soon_and_writing_stays_a_tenth_of_the_run():
    clock, written = Clock(), []

    def write():
        written.append(clock.now)
        clock.now += 1.5  # what writing costs

    interim = Interim(write, clock)
    for _ in range(1000):
        clock.now += 0.1
        interim.document_done()
    assert written[0] < 3
    assert 1.5 * len(written) <= 0.11 * clock.now + 1.5
    assert len(written) > 4
