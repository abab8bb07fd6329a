# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""Makes golden folders, the same each time: make_models.py DESTINATION [NAME …]."""

import sys

import torch

from folders import FOLDERS
from making import make_folder


def main(destination, names):
    torch.set_num_threads(1)
    for name in names or FOLDERS:
        folder = make_folder(destination, name, FOLDERS[name])
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{name:24} {size / 1024:7.0f} KiB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
