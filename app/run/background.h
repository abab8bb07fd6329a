// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A job: a function from values to a value, run on the thread pool; its result comes back to the thread of a
// context object, or is dropped if that object is gone by then. The job is one of the four places that catch.
#pragma once

#include "core/base/error.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace lens {

// A value, or the problems that stood in its way.
template <class T>
struct Outcome {
    std::optional<T> value;
    std::vector<Problem> problems;

    // The problems as lines; empty if there are none.
    std::string text() const
    {
        std::string lines;
        for (const Problem& problem : problems) {
            if (!lines.empty())
                lines += '\n';
            lines += problem.text();
        }
        return lines;
    }
};

template <class T, class Work>
Outcome<T> outcomeOf(Work&& work)
{
    try {
        return {std::forward<Work>(work)(), {}};
    } catch (const Error& error) {
        return {std::nullopt, error.problems()};
    } catch (const std::exception& error) {
        return {std::nullopt, {Problem{error.what(), {}, {}}}};
    }
}

// `work` gives a T on a pool thread; `done` gets Outcome<T> on the thread of `context`, which is the
// caller's.
template <class Work, class Done>
void inBackground(QObject* context, Work work, Done done)
{
    using T = decltype(work());
    auto promise = std::make_shared<QPromise<Outcome<T>>>();
    auto* watcher = new QFutureWatcher<Outcome<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->result());
    });
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(outcomeOf<T>(work));
        promise->finish();
    });
}

} // namespace lens
