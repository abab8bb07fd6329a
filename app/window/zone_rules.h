// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which of the side zones a window of some width has room for: the right one folds first, then the library.
#pragma once

namespace lens {

struct ZonesShown {
    bool library = true;
    bool side = true;
    bool operator==(const ZonesShown&) const = default;
};

inline constexpr int kLibraryWidth = 280;
inline constexpr int kSideWidth = 300;
inline constexpr int kSideNeeds = 1100;    // narrower: the right zone folds
inline constexpr int kLibraryNeeds = 1000; // narrower: the library too

// `wanted` is what the user chose to see.
inline ZonesShown zonesFor(int width, ZonesShown wanted)
{
    return {wanted.library && width >= kLibraryNeeds, wanted.side && width >= kSideNeeds};
}

} // namespace lens
