// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/style_sheet.h"

#include "widgets/theme/theme.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

#include <utility>

// Outside the namespace, as Qt asks for resources of a static library.
static void loadThemeResources()
{
    Q_INIT_RESOURCE(theme);
}

namespace lens {

namespace {

// {name} stands for a colour of the theme. Borders of two pixels around what has the focus take a pixel of
// the padding, so that nothing moves.
constexpr const char* kSurfaces = R"(
QMainWindow, QDialog, QWidget[role="page"] { background: {background}; }
QWidget[role="zone"] { background: {panel}; }
QWidget[role="panel"], QFrame[role="panel"] { background: {panel}; border: 1px solid {line}; border-radius: 8px; }
QFrame[role="upright"] { background: {line}; border: none; min-width: 1px; max-width: 1px; }
QFrame[role="rule"] { background: {line}; border: none; min-height: 1px; max-height: 1px; }
QMenuBar { background: {panel}; color: {text}; border-bottom: 1px solid {line}; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 6px; }
QMenuBar::item:selected { background: {hover}; }
QMenu { background: {panel}; color: {text}; border: 1px solid {line}; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: {selection}; }
QMenu::item:disabled { color: {muted}; }
QMenu::separator { height: 1px; background: {line}; margin: 4px 8px; }
QStatusBar { background: {panel}; color: {muted}; border-top: 1px solid {line}; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: {muted}; font-size: 12px; padding: 0 8px; }
QToolBar { background: {panel}; border: none; border-bottom: 1px solid {line}; spacing: 8px; padding: 4px 8px; }
QToolTip { background: {panel}; color: {text}; border: 1px solid {line}; padding: 5px 8px; }
QSplitter::handle { background: {line}; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="content"] { background: transparent; border: none; }
)";

constexpr const char* kLabels = R"(
QLabel { color: {text}; background: transparent; }
QLabel:disabled { color: {muted}; }
QLabel[role="muted"] { color: {muted}; }
QLabel[role="small"] { color: {muted}; font-size: 12px; }
QLabel[role="error"] { color: {failure}; font-size: 12px; }
QLabel[role="attention"] { color: {attention}; font-size: 12px; }
QLabel[role="section"] { color: {muted}; font-size: 11px; font-weight: 600; letter-spacing: 0.5px; }
QLabel[role="head"] { font-weight: 600; }
QLabel[role="name"] { font-size: 19px; font-weight: 600; }
)";

constexpr const char* kButtons = R"(
QPushButton, QToolButton { background: {panel}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 5px 12px; min-height: 18px; }
QPushButton:hover, QToolButton:hover { background: {hover}; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: {selection}; }
QPushButton:disabled, QToolButton:disabled { color: {disabled}; background: {background}; }
QPushButton:focus, QToolButton:focus { border: 2px solid {accent}; padding: 4px 11px; }
QPushButton[role="primary"] { background: {accent}; color: {onAccent}; border: 1px solid {accent}; font-weight: 500; }
QPushButton[role="primary"]:hover { background: {accentHover}; border-color: {accentHover}; }
QPushButton[role="primary"]:focus { border: 2px solid {text}; }
QPushButton[role="primary"]:disabled { background: {track}; color: {muted}; border-color: {track}; }
QPushButton[role="danger"] { color: {failure}; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 5px 8px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: {hover}; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid {accent}; padding: 4px 7px; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: {accent}; padding: 1px 3px; min-height: 0; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid {accent}; border-radius: 4px; }
QToolButton[role="segment"] { background: transparent; border: 1px solid {line}; padding: 3px 10px; color: {muted}; }
QToolButton[role="segment"]:hover { background: {hover}; color: {text}; }
QToolButton[role="segment"]:checked { background: {selection}; color: {text}; border-color: {accent}; }
QToolButton[role="segment"]:focus { border: 2px solid {accent}; padding: 2px 9px; }
QToolButton[role="fold"] { background: transparent; border: 1px solid transparent; color: {muted}; font-size: 12px; font-weight: 600; padding: 2px 4px; }
QToolButton[role="fold"]:hover { color: {text}; }
QToolButton[role="fold"]:focus { border: 1px solid {accent}; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton::menu-indicator { image: none; width: 0; }
QCheckBox, QRadioButton { color: {text}; spacing: 8px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:disabled, QRadioButton:disabled { color: {muted}; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; background: {field}; border: 1px solid {edge2}; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: {accent}; }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent}; image: url(:/lens/theme/{check}.png); }
QRadioButton::indicator:checked { width: 6px; height: 6px; background: {onAccent}; border: 5px solid {accent}; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: {line}; background: {background}; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid {accent}; }
)";

constexpr const char* kInputs = R"(
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit { background: {field}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 4px 8px; selection-background-color: {accent}; selection-color: {onAccent}; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 18px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: {edge}; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid {accent}; padding: 3px 7px; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QAbstractSpinBox[invalid="true"], QPlainTextEdit[invalid="true"] { border-color: {failure}; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled { color: {disabled}; background: {background}; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox { padding-right: 26px; }
QComboBox:focus { padding-right: 25px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/lens/theme/chevron-down.png); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: {panel}; color: {text}; border: 1px solid {line}; selection-background-color: {selection}; selection-color: {text}; outline: none; padding: 4px; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QProgressBar { background: {track}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; color: transparent; }
QProgressBar::chunk { background: {accent}; border-radius: 2px; }
QSlider::groove:horizontal { background: {track}; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: {accent}; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: {panel}; border: 2px solid {accent}; width: 10px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: {accent}; }
QGroupBox { border: none; margin-top: 20px; color: {muted}; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; color: {muted}; }
)";

constexpr const char* kViews = R"(
QTabWidget::pane { border: none; border-top: 1px solid {line}; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: {muted}; padding: 7px 12px 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: {text}; }
QTabBar::tab:selected { color: {text}; font-weight: 600; border-bottom: 2px solid {accent}; }
QTabBar::tab:disabled { color: {disabled}; }
QTabBar::tab:focus { background: {hover}; border-radius: 4px; }
QAbstractItemView { background: {panel}; alternate-background-color: {background}; color: {text}; border: 1px solid {line}; border-radius: 6px; selection-background-color: {selection}; selection-color: {text}; outline: none; }
QAbstractItemView:focus { border: 1px solid {accent}; }
QListView[role="bare"], QTableView[role="bare"], QTreeView[role="bare"] { border: 1px solid transparent; background: transparent; }
QListView[role="bare"]:focus, QTableView[role="bare"]:focus, QTreeView[role="bare"]:focus { border: 1px solid {accent}; border-radius: 6px; }
QTableView { gridline-color: {grid}; }
QTableView::item, QTreeView::item { padding: 3px 8px; border: none; }
QTableView::item:hover, QTreeView::item:hover, QListView::item:hover { background: {hover}; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: {selection}; color: {text}; }
QHeaderView { background: {panel}; border: none; }
QHeaderView::section { background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 5px 8px; font-weight: 600; font-size: 12px; }
QTableCornerButton::section { background: {panel}; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: {thumb}; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background: {muted}; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString filled(QString sheet, const Theme& theme)
{
    const std::pair<const char*, QColor> colours[] = {
        {"{background}", theme.background},
        {"{panel}", theme.panel},
        {"{field}", theme.field},
        {"{line}", theme.line},
        {"{grid}", theme.grid},
        {"{hover}", theme.hover},
        {"{selection}", theme.selection},
        {"{track}", theme.track},
        {"{text}", theme.text},
        {"{muted}", theme.muted},
        {"{disabled}", blended(theme.muted, theme.panel, 0.7)},
        {"{edge2}", blended(theme.muted, theme.field, 0.8)},
        {"{edge}", blended(theme.muted, theme.line, 0.4)},
        {"{thumb}", blended(theme.muted, theme.panel, 0.4)},
        {"{onAccent}", theme.onAccent},
        {"{accent}", theme.accent},
        {"{accentHover}", theme.accentHover},
        {"{attention}", theme.attention},
        {"{failure}", theme.failure},
    };
    for (const auto& [name, colour] : colours) {
        sheet.replace(QLatin1String(name), colour.name());
    }
    // The tick is a picture: white on the light theme's blue, dark on the dark theme's.
    return sheet.replace(QLatin1String("{check}"), QLatin1String(theme.dark ? "check-dark" : "check-light"));
}

} // namespace

QPalette themePalette(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.background);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.background);
    palette.setColor(QPalette::Button, theme.panel);
    palette.setColor(QPalette::ToolTipBase, theme.panel);
    palette.setColor(QPalette::Light, blended(theme.panel, theme.line, 0.5));
    palette.setColor(QPalette::Midlight, theme.line);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, blended(theme.muted, theme.line, 0.3));
    palette.setColor(QPalette::Shadow, theme.line);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::ToolTipText, QPalette::BrightText}) {
        palette.setColor(role, theme.text);
        palette.setColor(QPalette::Disabled, role, blended(theme.muted, theme.panel, 0.7));
    }
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    return palette;
}

QString themeStyleSheet(const Theme& theme)
{
    QString sheet;
    for (const char* part : {kSurfaces, kLabels, kButtons, kInputs, kViews}) {
        sheet += QLatin1String(part);
    }
    return filled(sheet, theme);
}

void applyTheme(QApplication& application, const Theme& theme)
{
    loadThemeResources();
    if (application.styleSheet().isEmpty()) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }
    QApplication::setFont(theme.body);
    QApplication::setPalette(themePalette(theme));
    QToolTip::setPalette(themePalette(theme));
    application.setStyleSheet(themeStyleSheet(theme));
}

} // namespace lens
