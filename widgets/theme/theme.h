// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every colour, distance and font of the window, as one value. The window makes one, hands it to applyTheme()
// and, through Themed::setTheme(), to whatever paints itself. Nobody else spells a colour.
#pragma once

#include <QColor>
#include <QFont>

namespace lens {

struct Theme {
    bool dark = false;

    // Surfaces.
    QColor background;
    QColor panel;
    QColor field;     // inputs
    QColor line;      // one-pixel borders
    QColor grid;      // grid lines of plots
    QColor hover;     // row or button under the pointer
    QColor selection; // chosen row
    QColor track;     // empty part of a progress bar

    // Text. All of them reach 4.5 : 1 on background, panel, field and selection.
    QColor text;
    QColor muted;
    QColor onAccent; // on a filled accent button

    // Meaning.
    QColor accent;
    QColor accentHover;
    QColor good;
    QColor attention;
    QColor failure;

    // Series. For lines and swatches only, values are written in the text colour.
    QColor train;
    QColor evaluation;
    QColor learningRate;
    QColor gradNorm;
    QColor gradCosine;
    QColor memory;
    QColor throughput;
    QColor superseded; // rows that a later start replaced

    // Pixels; distances are multiples of the grid.
    int grid4 = 4;
    int panelRadius = 8;
    int controlRadius = 6;

    QFont body;    // 13 px, the system's interface font
    QFont bold;    // 13 px
    QFont small;   // 12 px, notes and captions
    QFont section; // 11 px capitals, heads of sections
    QFont figure;  // 18 px, key figures
    QFont name;    // 19 px, the name of the run in view
    QFont mono;    // 12 px, logs and tokens
};

// Need a QGuiApplication (fonts).
Theme lightTheme();
Theme darkTheme();

// `weight` of `over` on `under`, both opaque: replaces alpha where many pixels are painted.
QColor blended(const QColor& over, const QColor& under, double weight);

// WCAG 2 contrast, 1 to 21.
double contrastRatio(const QColor& first, const QColor& second);

} // namespace lens
