// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/samples_page.h"

#include "app/run/compare_job.h"
#include "widgets/controls/empty_state.h"
#include "widgets/controls/panel.h"
#include "widgets/models/sample_list_model.h"
#include "widgets/theme/themed.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kAnswerTokens = 128;
constexpr int kAnswerHeight = 110;

} // namespace

SamplesPage::SamplesPage(const QString& engineProgram, QWidget* parent)
    : QWidget(parent)
    , m_job(new CompareJob(engineProgram, this))
    , m_samples(new SampleListModel(this))
{
    setObjectName(QStringLiteral("samplesPage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(createComparison());
    layout->addWidget(createHistory(), 1);
    connect(m_job, &CompareJob::answered, this, &SamplesPage::showAnswers);
    connect(m_job, &CompareJob::failed, this,
            [this](const QString& reason) { showState(tr("Not answered: %1").arg(reason), false); });
    connect(m_job, &CompareJob::cancelled, this, [this] { showState(tr("Cancelled."), false); });
    setComparable(false, {});
    updatePrompts();
}

QWidget* SamplesPage::createComparison()
{
    auto* panel = new Panel(tr("Compare"), this);
    panel->setNote(tr("one prompt, answered by the base model and by the newest checkpoint"));
    m_question = new QLineEdit(panel);
    m_question->setObjectName(QStringLiteral("comparePrompt"));
    m_question->setPlaceholderText(tr("Type a prompt"));
    m_question->setAccessibleName(tr("Prompt to compare"));
    m_compare = new QPushButton(tr("Compare"), panel);
    m_compare->setObjectName(QStringLiteral("compareButton"));
    connect(m_question, &QLineEdit::returnPressed, this, &SamplesPage::compare);
    connect(m_compare, &QPushButton::clicked, this, &SamplesPage::compare);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_question, 1);
    row->addWidget(m_compare);
    m_busy = new QProgressBar(panel);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Answering"));
    m_state = new QLabel(panel);
    m_state->setObjectName(QStringLiteral("compareState"));
    m_state->setWordWrap(true);
    setRole(*m_state, "small");
    m_answers = new QWidget(panel);
    auto* both = new QHBoxLayout(m_answers);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(10);
    m_base = createAnswer(tr("Base model"));
    m_adapter = createAnswer(tr("With the adapter"));
    for (QPlainTextEdit* answer : {m_base, m_adapter}) {
        auto* column = new QVBoxLayout;
        column->setSpacing(4);
        auto* head = new QLabel(answer->accessibleName(), m_answers);
        setRole(*head, "muted");
        column->addWidget(head);
        column->addWidget(answer);
        both->addLayout(column, 1);
    }
    m_answers->hide();
    panel->body()->addLayout(row);
    panel->body()->addWidget(m_busy);
    panel->body()->addWidget(m_state);
    panel->body()->addWidget(m_answers);
    showState({}, false);
    return panel;
}

QPlainTextEdit* SamplesPage::createAnswer(const QString& name)
{
    auto* answer = new QPlainTextEdit(m_answers);
    answer->setReadOnly(true);
    answer->setFixedHeight(kAnswerHeight);
    answer->setAccessibleName(name);
    return answer;
}

QWidget* SamplesPage::createHistory()
{
    auto* panel = new Panel(tr("Over the steps"), this);
    m_prompts = new QComboBox(panel);
    m_prompts->setObjectName(QStringLiteral("samplePrompts"));
    m_prompts->setAccessibleName(tr("Prompt"));
    connect(m_prompts, &QComboBox::currentIndexChanged, this, &SamplesPage::choosePrompt);
    m_ofPrompt = new QSortFilterProxyModel(this);
    m_ofPrompt->setSourceModel(m_samples);
    m_ofPrompt->setFilterRole(SampleListModel::PromptRole);
    m_ofPrompt->setSortRole(SampleListModel::SortRole);
    m_ofPrompt->sort(static_cast<int>(SampleListModel::Column::Step), Qt::DescendingOrder);
    m_table = new QTableView(panel);
    m_table->setObjectName(QStringLiteral("sampleTable"));
    m_table->setAccessibleName(tr("Samples of this prompt, newest first"));
    setRole(*m_table, "bare");
    m_table->setModel(m_ofPrompt);
    m_table->setColumnHidden(static_cast<int>(SampleListModel::Column::Prompt), true);
    m_table->setColumnHidden(static_cast<int>(SampleListModel::Column::Source), true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(SampleListModel::Column::Text),
                                                      QHeaderView::Stretch);
    m_empty =
        new EmptyState(tr("No samples yet"),
                       tr("Give sample_prompts in the configuration: they are answered at every evaluation, "
                          "so that the change can be read in words."),
                       panel);
    panel->body()->addWidget(m_prompts);
    panel->body()->addWidget(m_table, 1);
    panel->body()->addWidget(m_empty, 1);
    return panel;
}

void SamplesPage::showRun(const QString& runFolder)
{
    if (runFolder == m_runFolder)
        return;
    m_job->cancel();
    m_runFolder = runFolder;
    m_samples->clear();
    m_prompts->clear();
    m_answers->hide();
    showState({}, false);
    updatePrompts();
}

void SamplesPage::setComparable(bool comparable, const QString& reason)
{
    m_comparable = comparable;
    m_question->setEnabled(comparable);
    m_compare->setEnabled(comparable);
    m_compare->setToolTip(comparable
                              ? tr("Loads the model in a process of its own; a running training gets slower "
                                   "meanwhile.")
                              : reason);
    if (!m_job->running() && !comparable)
        showState(reason, false);
    else if (comparable && !m_job->running() && m_answers->isHidden())
        showState({}, false);
}

void SamplesPage::addSamples(const SampleRecords& samples)
{
    std::vector<SampleRow> rows;
    for (const SampleRecord& sample : samples)
        rows.push_back({sample.step, sample.prompt, sample.text, {}});
    m_samples->apply(std::move(rows));
    updatePrompts();
}

void SamplesPage::updatePrompts()
{
    const QStringList prompts = m_samples->prompts();
    for (int i = m_prompts->count(); i < prompts.size(); ++i)
        m_prompts->addItem(prompts.at(i));
    const bool any = !prompts.isEmpty();
    m_prompts->setVisible(any);
    m_table->setVisible(any);
    m_empty->setVisible(!any);
}

void SamplesPage::choosePrompt(int index)
{
    if (index >= 0)
        m_ofPrompt->setFilterRegularExpression(QRegularExpression(
            QRegularExpression::anchoredPattern(QRegularExpression::escape(m_prompts->itemText(index)))));
}

void SamplesPage::compare()
{
    if (m_job->running())
        return m_job->cancel();
    const QString prompt = m_question->text();
    if (prompt.isEmpty() || !m_comparable)
        return;
    m_job->start(m_runFolder, prompt, kAnswerTokens);
    showState(tr("The engine loads the model and answers twice."), true);
}

void SamplesPage::showAnswers(const QString& base, const QString& adapter)
{
    m_base->setPlainText(base.trimmed());
    m_adapter->setPlainText(adapter.trimmed());
    m_answers->show();
    showState({}, false);
}

void SamplesPage::showState(const QString& text, bool busy)
{
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    m_busy->setVisible(busy);
    m_compare->setText(busy ? tr("Cancel") : tr("Compare"));
}

} // namespace lens
