// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/new_run_page.h"

#include "app/pages/config_form.h"
#include "app/run/background.h"
#include "app/settings/core_text.h"
#include "app/settings/plain_number.h"
#include "core/base/user_paths.h"
#include "core/config/config_parser.h"
#include "core/run/launch_check.h"
#include "widgets/controls/panel.h"
#include "widgets/controls/section_label.h"
#include "widgets/theme/format.h"
#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace lens {
namespace {

constexpr int kFileDelayMs = 300;
constexpr int kGap = 12;

QString count(std::uint64_t number)
{
    return formatCount(static_cast<std::int64_t>(number));
}

} // namespace

NewRunPage::NewRunPage(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("newRunPage"));
    createLayout();
    m_fileTimer.setSingleShot(true);
    m_fileTimer.setInterval(kFileDelayMs);
    connect(&m_fileTimer, &QTimer::timeout, this, &NewRunPage::lookAtFiles);
    connect(m_form, &ConfigForm::edited, this, &NewRunPage::check);
    check();
}

void NewRunPage::createLayout()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(createHead());
    m_form = new ConfigForm(this);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(*m_form, "content");
    area->setWidget(m_form);
    auto* formPanel = new QFrame(this);
    setRole(*formPanel, "panel");
    auto* inner = new QVBoxLayout(formPanel);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(area);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(kGap);
    halves->addWidget(formPanel, 4);
    halves->addWidget(createChecks(), 3);
    layout->addLayout(halves, 1);
}

QWidget* NewRunPage::createHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* title = new QLabel(tr("New run"), head);
    setRole(*title, "name");
    auto* cancel = new QPushButton(tr("Cancel"), head);
    cancel->setObjectName(QStringLiteral("cancelNewRun"));
    connect(cancel, &QPushButton::clicked, this, &NewRunPage::cancelRequested);
    m_start = new QPushButton(tr("Start run"), head);
    m_start->setObjectName(QStringLiteral("startNewRun"));
    setRole(*m_start, "primary");
    connect(m_start, &QPushButton::clicked, this, &NewRunPage::requestStart);
    row->addWidget(title, 1);
    row->addWidget(cancel);
    row->addWidget(m_start);
    return head;
}

QWidget* NewRunPage::createChecks()
{
    m_checks = new Panel(tr("Before the start"), this);
    m_checks->setNote(tr("what was found in the files"));
    const auto add = [this](const QString& heading) {
        m_checks->body()->addWidget(new SectionLabel(heading, m_checks));
        auto* text = new QLabel(m_checks);
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        m_checks->body()->addWidget(text);
        m_checks->body()->addSpacing(kGap);
        return text;
    };
    m_problemText = add(tr("To settle"));
    m_problemText->setObjectName(QStringLiteral("newRunProblems"));
    m_modelText = add(tr("Model"));
    m_dataText = add(tr("Data"));
    m_stepsText = add(tr("Length"));
    m_checks->body()->addStretch(1);
    return m_checks;
}

void NewRunPage::setConfig(const RunConfig& config)
{
    m_form->setConfig(config);
    m_modelSeen.clear();
    m_dataSeen.clear();
    check();
    lookAtFiles();
}

void NewRunPage::setStartable(bool startable, const QString& reason)
{
    m_startable = startable;
    m_whyNot = reason;
    updateChecks();
}

void NewRunPage::focusFirst()
{
    if (FieldEditor* name = m_form->editor("name"))
        name->setFocus();
}

void NewRunPage::check()
{
    m_problems.clear();
    m_config = parseConfig(m_form->values(), m_problems);
    m_fileTimer.start();
    updateChecks();
}

void NewRunPage::updateChecks()
{
    std::vector<Problem> all = m_problems;
    all.insert(all.end(), m_fileProblems.begin(), m_fileProblems.end());
    m_form->showProblems(all);
    QStringList lines;
    for (const Problem& problem : all)
        lines << QStringLiteral("• ") + QString::fromStdString(problem.text());
    if (!m_startable)
        lines << QStringLiteral("• ") + m_whyNot;
    const bool good = lines.isEmpty();
    m_problemText->setText(good ? tr("Nothing: the run can start.") : lines.join(QLatin1Char('\n')));
    m_start->setEnabled(good);
    m_start->setToolTip(
        good ? tr("Creates the run's folder in the library and starts the engine. It goes on when "
                  "the window is closed.")
             : tr("Something has to be settled first; it is listed at the right."));
    const double perStep = static_cast<double>(m_config.training.batchSize) *
                           static_cast<double>(m_config.training.gradientAccumulationSteps);
    QString length = tr("%1 rows a step").arg(count(static_cast<std::uint64_t>(perStep)));
    if (m_config.training.maxSteps > 0)
        length += QStringLiteral(" · ") + tr("%1 steps").arg(formatCount(m_config.training.maxSteps));
    else if (m_rows > 0) {
        const double trained = m_config.data.evalFile.empty()
                                   ? static_cast<double>(m_rows) * (1 - m_config.data.evalSplit)
                                   : static_cast<double>(m_rows);
        const double steps = std::ceil(std::ceil(trained / perStep) * m_config.training.epochs);
        length += QStringLiteral(" · ") +
                  tr("%1 epochs, about %2 steps")
                      .arg(plainNumber(m_config.training.epochs), count(static_cast<std::uint64_t>(steps)));
    }
    m_stepsText->setText(length);
}

// Whether the named files are there and of the right kind is for core to say; the rest is for information.
void NewRunPage::lookAtFiles()
{
    RunConfig config = m_config;
    resolvePaths(config, homeFolder());
    if (const QString folder = QString::fromStdString(config.model.path); folder != m_modelSeen)
        lookAtModel(folder);
    if (const QString file = QString::fromStdString(config.data.trainFile); file != m_dataSeen)
        lookAtData(file);
    const int look = ++m_look;
    inBackground(
        this, [config] { return checkFiles(config, coreTranslator()); },
        [this, look](const Outcome<std::vector<Problem>>& problems) {
            if (look != m_look)
                return; // something else is named meanwhile
            m_fileProblems = problems.value ? *problems.value : problems.problems;
            updateChecks();
        });
}

void NewRunPage::lookAtModel(const QString& folder)
{
    m_modelSeen = folder;
    m_form->editor("model.path")->showNote({});
    m_modelText->setText(folder.isEmpty() ? tr("Choose a Hugging Face model folder.") : tr("Reading…"));
    if (folder.isEmpty())
        return updateChecks();
    inBackground(
        this, [folder] { return readModelFacts(folder); },
        [this, folder](const Outcome<ModelFacts>& facts) {
            if (folder != m_modelSeen)
                return; // another folder was named meanwhile
            if (facts.value)
                return showModel(*facts.value);
            m_modelText->setText(tr("No model that can be trained was found there."));
        });
}

void NewRunPage::showModel(const ModelFacts& facts)
{
    const QString line =
        tr("%1 · %2 parameters · %3")
            .arg(facts.family, formatLargeCount(static_cast<double>(facts.parameters)), facts.storage);
    m_form->editor("model.path")->showNote(line);
    m_modelText->setText(line + QLatin1Char('\n') +
                         tr("%1 layers, hidden size %2, vocabulary %3")
                             .arg(formatCount(facts.layers), formatCount(facts.hiddenSize),
                                  formatCount(facts.vocabularySize)) +
                         QLatin1Char('\n') +
                         (facts.tokenizer ? tr("Tokenizer found.")
                                          : tr("No tokenizer.json: only token batches can be trained on.")));
    updateChecks();
}

void NewRunPage::lookAtData(const QString& file)
{
    m_dataSeen = file;
    m_rows = 0;
    m_form->editor("data.train_file")->showNote({});
    m_dataText->setText(file.isEmpty() ? tr("Choose the file with the rows to train on.") : tr("Reading…"));
    if (file.isEmpty())
        return updateChecks();
    inBackground(
        this, [file] { return readDataFacts(file); },
        [this, file](const Outcome<DataFacts>& facts) {
            if (file != m_dataSeen)
                return;
            if (facts.value)
                return showData(*facts.value);
            m_dataText->setText(tr("The rows cannot be read."));
        });
}

void NewRunPage::showData(const DataFacts& facts)
{
    m_rows = facts.rows;
    const QString line =
        tr("%1 rows · %2 · %3")
            .arg(count(facts.rows), facts.kind, formatBytes(static_cast<double>(facts.bytes)));
    m_form->editor("data.train_file")->showNote(line);
    m_dataText->setText(facts.fields.isEmpty()
                            ? line
                            : line + QLatin1Char('\n') +
                                  tr("Fields of a row: %1").arg(facts.fields.join(QStringLiteral(", "))));
    updateChecks();
}

void NewRunPage::requestStart()
{
    check();
    if (!m_start->isEnabled())
        return;
    RunConfig config = m_config;
    resolvePaths(config, homeFolder());
    emit startRequested(config);
}

} // namespace lens
