// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The journal's events as rows that people read. Untrusted: fields of a wrong type count as absent.
#pragma once

#include "core/protocol/event.h"
#include "widgets/models/event_list_model.h"
#include "widgets/models/finding_list_model.h"

#include <optional>

namespace lens {

// Absent for events that are no news (phases other than pause, acknowledgements, removed checkpoints).
std::optional<EventRow> describedEvent(const Event& event);
// Absent unless the event is a finding with a title.
std::optional<FindingRow> findingOf(const Event& event);

} // namespace lens
