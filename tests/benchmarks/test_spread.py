from benchmarks.spread import Spread, spread


def test_nothing_measured_has_no_spread() -> None:
    assert spread([]) is None


def test_few_measurements_show_their_worst() -> None:
    assert spread([3.0, 1.0, 2.0]) == Spread(median=2.0, p95=3.0, n=3)


def test_many_measurements_leave_out_the_rare_worst() -> None:
    assert spread(map(float, range(1, 101))) == Spread(median=50.5, p95=95.0, n=100)
