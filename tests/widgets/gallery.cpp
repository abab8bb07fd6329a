// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/widgets/gallery.h"

#include "widgets/controls/collapsible_pane.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/empty_state.h"
#include "widgets/controls/event_list_view.h"
#include "widgets/controls/field_row.h"
#include "widgets/controls/finding_card.h"
#include "widgets/controls/key_figure.h"
#include "widgets/controls/log_view.h"
#include "widgets/controls/message_bar.h"
#include "widgets/controls/panel.h"
#include "widgets/controls/run_list_delegate.h"
#include "widgets/controls/section_label.h"
#include "widgets/controls/segmented.h"
#include "widgets/controls/state_chip.h"
#include "widgets/models/config_diff_model.h"
#include "widgets/models/event_list_model.h"
#include "widgets/models/run_list_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace lens::test {

namespace {

RunRow galleryRun(const QString& name, const QString& model, RunState state, std::uint64_t step)
{
    RunRow row;
    row.id = name;
    row.name = name;
    row.modelName = model;
    row.state = state;
    row.step = step;
    row.totalSteps = 3000;
    for (int i = 0; i < 24; ++i) {
        row.sparkline << static_cast<float>(2.5 * std::exp(-i / 6.0) + 0.12 * std::sin(i * 2.1));
    }
    return row;
}

QWidget* createLibrary(const Theme& theme)
{
    auto* zone = new QWidget;
    zone->setProperty("role", "zone");
    zone->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(zone);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->addWidget(new SectionLabel(QStringLiteral("Library · 7 runs")));
    auto* filter = new QLineEdit;
    filter->setPlaceholderText(QStringLiteral("Filter: name, model, state, tag…"));
    layout->addWidget(filter);
    auto* model = new RunListModel(zone);
    RunRow interrupted = galleryRun("llama-chat-r64", "Llama-3.2-1B", RunState::Interrupted, 1240);
    interrupted.lastCheckpoint = 1200;
    RunRow finished = galleryRun("smol-alpaca-r8", "SmolLM2-135M", RunState::Finished, 3000);
    finished.bestEvalLoss = 1.43;
    finished.bestStep = 2400;
    RunRow failed = galleryRun("qwen-overnight", "Qwen2.5-0.5B", RunState::Failed, 1102);
    failed.reason = "out of memory";
    RunRow foreign = galleryRun("peft import: zephyr-sft", "", RunState::Finished, 0);
    foreign.foreign = true;
    foreign.note = "foreign folder · 12 checkpoints";
    model->apply({galleryRun("smol-alpaca-r16", "SmolLM2-135M", RunState::Training, 1740),
                  galleryRun("qwen-support-r32", "Qwen2.5-0.5B", RunState::Paused, 210),
                  galleryRun("gemma-legal-dora", "Gemma-2-2B", RunState::Queued, 0), finished, interrupted,
                  failed, foreign});
    auto* view = new QListView;
    view->setProperty("role", "bare");
    view->setModel(model);
    view->setItemDelegate(new RunListDelegate(theme, view));
    view->setCurrentIndex(model->index(0, 0));
    layout->addWidget(view, 1);
    zone->setFixedWidth(280);
    return zone;
}

QWidget* createHeader(const Theme& theme)
{
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto* name = new QLabel(QStringLiteral("smol-alpaca-r16"));
    name->setProperty("role", "name");
    auto* chip = new StateChip(theme);
    chip->setState(RunState::Training);
    auto* what =
        new ElidedLabel(QStringLiteral("SmolLM2-135M · LoRA r 16 α 32 · alpaca-clean (12,480 rows)"));
    what->setProperty("role", "muted");
    auto* save = new QPushButton(QStringLiteral("■ Stop and save"));
    save->setProperty("role", "primary");
    auto* off = new QPushButton(QStringLiteral("Resume"));
    off->setEnabled(false);
    layout->addWidget(name);
    layout->addWidget(chip);
    layout->addWidget(what, 1);
    layout->addWidget(off);
    layout->addWidget(new QPushButton(QStringLiteral("‖ Pause")));
    layout->addWidget(new QPushButton(QStringLiteral("◆ Checkpoint now")));
    layout->addWidget(save);
    return header;
}

QWidget* createFigures()
{
    auto* figures = new QWidget;
    auto* layout = new QHBoxLayout(figures);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const std::pair<const char*, const char*> values[] = {
        {"1,740 / 3,000", "step · epoch 1.74"},    {"1.168", "train loss (smoothed)"},
        {"1.430", "best evaluation · step 1,500"}, {"412", "tokens/s · 91 % of bound"},
        {"6.3 GiB", "memory · peak 7.1"},          {"49–53 min", "left · ends 17:08"}};
    for (const auto& [value, caption] : values) {
        auto* figure = new KeyFigure(QString::fromUtf8(caption));
        figure->setValue(QString::fromUtf8(value));
        layout->addWidget(figure, 1);
    }
    return figures;
}

QWidget* createTabs()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* tabs = new QTabBar;
    for (const char* name : {"Live", "Checkpoints", "Weights", "Samples", "Log", "Configuration"}) {
        tabs->addTab(QString::fromUtf8(name));
    }
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    layout->addWidget(tabs, 1);
    layout->addWidget(new Segmented({"Step", "Time", "Tokens"}));
    return row;
}

QWidget* createForm()
{
    auto* panel = new Panel(QStringLiteral("New run"));
    panel->setNote(QStringLiteral("row 1 of 12,480"));
    panel->setRightText(QStringLiteral("31 % of tokens are trained"));
    QVBoxLayout* body = panel->body();
    body->setSpacing(2);
    body->addWidget(new SectionLabel(QStringLiteral("Model")));
    auto* folder =
        new FieldRow(QStringLiteral("Folder"), new QLineEdit(QStringLiteral("models/SmolLM2-135M")));
    folder->setNote(QStringLiteral("llama · 134.5 M parameters · bfloat16"));
    body->addWidget(folder);
    auto* method = new QComboBox;
    method->addItems({"LoRA", "Full"});
    body->addWidget(new FieldRow(QStringLiteral("Method"), method));
    auto* rank = new QSpinBox;
    rank->setValue(16);
    body->addWidget(new FieldRow(QStringLiteral("Rank r"), rank));
    auto* rate = new FieldRow(QStringLiteral("Learning rate"), new QLineEdit(QStringLiteral("0.02")));
    rate->setError(QStringLiteral("learning_rate: 0.02 is above 0.01; LoRA runs usually use 1e-5 to 5e-4"));
    body->addWidget(rate);
    auto* off = new QLineEdit(QStringLiteral("not available"));
    off->setEnabled(false);
    body->addWidget(new FieldRow(QStringLiteral("Off"), off));
    auto* check = new QCheckBox(QStringLiteral("Recompute activations"));
    check->setChecked(true);
    body->addWidget(check);
    body->addWidget(new QCheckBox(QStringLiteral("Unchecked")));
    auto* radio = new QRadioButton(QStringLiteral("Split 5 %"));
    radio->setChecked(true);
    body->addWidget(radio);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(60);
    body->addWidget(slider);
    auto* bar = new QProgressBar;
    bar->setValue(58);
    body->addWidget(bar);
    body->addStretch();
    return panel;
}

QWidget* createTable()
{
    auto* panel = new Panel(QStringLiteral("Configuration"));
    auto* model = new ConfigDiffModel(panel);
    model->apply({{"lora.r", "16", "8", true},
                  {"lora.lora_alpha", "32", "16", true},
                  {"training.learning_rate", "2e-4", "2e-4", false},
                  {"training.seed", "42", "42", false}});
    auto* table = new QTableView;
    table->setProperty("role", "bare");
    table->setModel(model);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setColumnWidth(0, 190);
    table->selectRow(1);
    panel->body()->addWidget(table);
    auto* log = new LogView;
    log->appendText(
        QStringLiteral("loading models/SmolLM2-135M (257 MiB)\nstep 1  loss 2.534  lr 1.0e-05  412 tokens/s\n"
                       "step 2  loss 2.491  lr 2.0e-05  409 tokens/s\n"));
    panel->body()->addWidget(log);
    return panel;
}

QWidget* createSide(const Theme& theme)
{
    auto* zone = new QWidget;
    zone->setProperty("role", "zone");
    zone->setAttribute(Qt::WA_StyledBackground);
    zone->setFixedWidth(300);
    auto* layout = new QVBoxLayout(zone);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(new SectionLabel(QStringLiteral("Findings")));
    FindingRow spike;
    spike.severity = FindingSeverity::Attention;
    spike.title = "Loss spike at step 1,176–1,182";
    spike.text = "loss 1.95 against median 1.24 (z 8.1, threshold 5); gradient norm led by 2 steps. "
                 "Recovered in 9 steps.";
    FindingRow good;
    good.severity = FindingSeverity::Good;
    good.title = "All 210 modules are learning";
    good.text = "every ‖B‖ above 1e-3 since step 20; least: layers.29.mlp.down_proj.";
    for (const FindingRow& finding : {spike, good}) {
        auto* card = new FindingCard(theme);
        card->setFinding(finding);
        layout->addWidget(card);
    }
    layout->addSpacing(8);
    layout->addWidget(new SectionLabel(QStringLiteral("Events")));
    auto* model = new EventListModel(zone);
    model->apply({{EventKind::Evaluation, 0, "", "evaluation before training 2.470", false},
                  {EventKind::Start, 0, "", "started", false},
                  {EventKind::Checkpoint, 250, "", "checkpoint · 38 MiB", false},
                  {EventKind::Pause, 870, "", "paused 4 min", false},
                  {EventKind::Finding, 1176, "", "loss spike", true},
                  {EventKind::Evaluation, 1500, "", "evaluation 1.430 (best)", false},
                  {EventKind::End, 3000, "", "finished", false}});
    auto* events = new EventListView(theme);
    events->setModel(model);
    layout->addWidget(events, 1);
    auto* pane = new CollapsiblePane(QStringLiteral("Sample · step 1,500"));
    auto* sample = new QLabel(QStringLiteral("Red, yellow and blue are the three primary colours."));
    sample->setWordWrap(true);
    pane->body()->addWidget(sample);
    layout->addWidget(pane);
    return zone;
}

QWidget* createMessages(const Theme& theme)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* failure = new MessageBar(theme, box);
    failure->showMessage(
        MessageBar::Kind::Failure,
        QStringLiteral("The disk is full at step 1,102. Everything up to checkpoint 1,000 is safe."),
        QStringLiteral("Open folder"));
    auto* notice = new MessageBar(theme, box);
    notice->showMessage(MessageBar::Kind::Attention, QStringLiteral("The run was interrupted at 640."),
                        QStringLiteral("Resume"));
    layout->addWidget(failure);
    layout->addWidget(notice);
    return box;
}

QWidget* createStates(const Theme& theme)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (int i = 0; i <= static_cast<int>(RunState::Interrupted); ++i) {
        auto* chip = new StateChip(theme);
        chip->setState(static_cast<RunState>(i));
        layout->addWidget(chip);
    }
    layout->addStretch();
    return row;
}

} // namespace

QWidget* createControlsGallery(const Theme& theme)
{
    auto* page = new QWidget;
    page->setProperty("role", "page");
    page->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(createLibrary(theme));
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(0, 12, 0, 12);
    middle->setSpacing(10);
    middle->addWidget(createHeader(theme));
    middle->addWidget(createFigures());
    middle->addWidget(createTabs());
    middle->addWidget(createMessages(theme));
    middle->addWidget(createStates(theme));
    auto* panels = new QHBoxLayout;
    panels->setSpacing(10);
    panels->addWidget(createForm(), 1);
    auto* right = new QVBoxLayout;
    right->addWidget(createTable(), 2);
    auto* emptyPanel = new Panel;
    auto* empty = new EmptyState(QStringLiteral("No checkpoints yet"),
                                 QStringLiteral("Every 250 steps one is saved. You can also save one now."));
    empty->setAction(QStringLiteral("Checkpoint now"));
    empty->setSecondAction(QStringLiteral("Settings…"));
    emptyPanel->body()->addWidget(empty);
    right->addWidget(emptyPanel, 1);
    panels->addLayout(right, 1);
    middle->addLayout(panels, 1);
    layout->addLayout(middle, 1);
    layout->addWidget(createSide(theme));
    page->resize(1600, 1060);
    return page;
}

} // namespace lens::test
