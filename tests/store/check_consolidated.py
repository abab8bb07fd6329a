# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Opens a consolidated file of test_store as a stranger would, and checks it against the formulas of made_rows.cpp."""
import math
import sys

import h5py
import numpy as np

SERIES = 27


def made(segment, step, i):
    """None: absent."""
    if (step + i) % 7 == 0:
        return None
    if (step + 3 * i) % 13 == 0:
        return -math.inf
    if (step + 2 * i) % 11 == 0:
        return math.nan
    return math.sin(step * 31 + i) * 1e3 + segment


with h5py.File(sys.argv[1], "r") as f:
    assert f.attrs["schema"] == b"training-lens-metrics", f.attrs["schema"]
    assert f.attrs["steps"] == 70300 and f.attrs["rows"] == 300 + 70100
    assert f["config"][()] == b'{"r": 8}'
    s = f["scalars"]
    step, segment, active, present = (s[k][:] for k in ("step", "segment", "active", "present"))
    assert len(step) == 70400
    assert list(segment[[0, 299, 300, 70399]]) == [1, 1, 2, 2]
    assert active[:200].all() and not active[200:300].any() and active[300:].all()
    assert (step[active == 1] == np.arange(1, 70301)).all()
    columns = {d.attrs["bit"]: d for d in s.values() if "bit" in d.attrs}
    assert sorted(columns) == list(range(SERIES)), sorted(columns)
    for bit, column in columns.items():
        for key in ("name", "unit", "description"):
            assert len(column.attrs[key]) > 0
        values = column[:]
        for row in list(range(0, 400)) + [70000, 70399]:
            want = made(int(segment[row]), int(step[row]), int(bit))
            assert bool(present[row] >> np.uint64(bit) & np.uint64(1)) == (want is not None)
            if want is None or math.isnan(want):
                assert math.isnan(values[row])
            else:
                assert values[row] == want or abs(values[row] - want) <= 1e-9 * abs(want)
        finite = np.where(np.isfinite(values) & (active == 1), values, np.nan)
        low = f["lod"][column.name.split("/")[-1]]["min"][:]
        assert len(low) == (70400 + 255) // 256
        assert low[10] == np.nanmin(finite[2560:2816])
    assert s["train_loss"].attrs["unit"] == b"nat/token"
    m = f["modules"]
    assert m["values"].shape == (30 + 7010, 5, 7)
    assert m["names"][0] == b"model.layers.0.self_attn.q_proj" and m["fields"][2] == b"norm_delta"
    row = m["values"][100].reshape(-1)
    wanted = int(m["step"][100])
    for i in range(35):
        if (wanted // 10 + i) % 9 == 0:
            assert math.isnan(row[i])
        else:
            assert row[i] == np.float32(wanted * 100 + i * 7 + int(m["segment"][100]))
