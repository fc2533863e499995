#include "cli/progress.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/deliver_text.h"

namespace trunkline::cli {
namespace {

constexpr std::string_view kEraseLine = "\r\x1b[K";
// Longer words would wrap on a narrow terminal, and a wrapped line cannot be erased.
constexpr std::size_t kWidth = 60;

std::string InWords(const deploy::Target& target, const deploy::Change& change) {
  return fmt::format("{}  {}", target.region, app::ToText(change));
}

}  // namespace

void LineProgress::ShowUnderWay() {
  if (under_way_.empty()) return;
  const std::string more =
      under_way_.size() > 1 ? fmt::format(" and {} more", under_way_.size() - 1) : "";
  out_.Write(fmt::format("  .. {:.{}}{}", under_way_.front(), kWidth, more));
}

void LineProgress::Line(std::string_view mark, std::string_view colour,
                        const deploy::Target& target, const deploy::Change& change) {
  if (change.internal) return;
  out_.Write(fmt::format("  {}{}{} {}\n", terminal_ ? colour : "", mark, terminal_ ? "\x1b[0m" : "",
                         InWords(target, change)));
}

void LineProgress::Started(const deploy::Target& target, const deploy::Change& change) {
  if (!terminal_ || change.internal) return;
  under_way_.push_back(InWords(target, change));
  out_.Write(kEraseLine);
  ShowUnderWay();
}

void LineProgress::End(const deploy::Target& target, const deploy::Change& change) {
  if (!terminal_) return;
  const auto found = std::find(under_way_.begin(), under_way_.end(), InWords(target, change));
  if (found != under_way_.end()) under_way_.erase(found);
  out_.Write(kEraseLine);
}

void LineProgress::Done(const deploy::Target& target, const deploy::Change& change) {
  End(target, change);
  Line("ok", "\x1b[32m", target, change);
  ShowUnderWay();
}

void LineProgress::Failed(const deploy::Target& target, const deploy::Change& change,
                          const Error& error) {
  End(target, change);
  Line("failed", "\x1b[31m", target, change);
  out_.Write(error.ToText() + "\n");
  ShowUnderWay();
}

void LineProgress::Told(const deploy::Target& target, const deploy::Change& change,
                        const std::string& what) {
  if (terminal_) out_.Write(kEraseLine);
  out_.Write(fmt::format("  -> {}  {} '{}': {}\n", target.region, change.kind, change.name, what));
  if (terminal_) ShowUnderWay();
}

}  // namespace trunkline::cli
