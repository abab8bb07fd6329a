// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/action_icons.h"

#include "app/window/actions.h"
#include "widgets/theme/marks.h"
#include "widgets/theme/theme.h"

#include <QIcon>
#include <QPainter>
#include <QPixmap>

#include <optional>

namespace lens {
namespace {

constexpr int kSize = 16;
constexpr double kShape = 10;

// Twice as fine, so that it stays sharp at 200 %.
QPixmap drawn(const QColor& colour, std::optional<Mark> mark)
{
    QPixmap pixmap(2 * kSize, 2 * kSize);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(kSize / 2.0, kSize / 2.0);
    if (mark) {
        drawMark(painter, centre, kShape, *mark, colour);
        return pixmap;
    }
    painter.setPen(Qt::NoPen); // start: a triangle to the right
    painter.setBrush(colour);
    const double half = kShape / 2;
    painter.drawPolygon(QPolygonF{{centre.x() - half + 1, centre.y() - half},
                                  {centre.x() + half, centre.y()},
                                  {centre.x() - half + 1, centre.y() + half}});
    return pixmap;
}

QIcon icon(const Theme& theme, std::optional<Mark> mark, bool primary)
{
    QIcon result;
    result.addPixmap(drawn(primary ? theme.onAccent : theme.text, mark), QIcon::Normal);
    result.addPixmap(drawn(theme.muted, mark), QIcon::Disabled);
    return result;
}

} // namespace

void setActionIcons(const Actions& actions, const Theme& theme, const ActionContext& context)
{
    const auto primary = primaryVerb(context);
    const auto set = [&](ActionId id, std::optional<Mark> mark) {
        actions[id].setIcon(icon(theme, mark, primary == id));
        actions[id].setIconVisibleInMenu(false);
    };
    set(ActionId::Start, std::nullopt);
    set(ActionId::ResumeRun, Mark::Turn);
    set(ActionId::PauseOrResume,
        context.state == RunState::Paused ? std::optional<Mark>() : std::optional(Mark::Bars));
    set(ActionId::CheckpointNow, Mark::Diamond);
    set(ActionId::StopAndSave, Mark::Square);
}

} // namespace lens
