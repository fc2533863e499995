#include "flow/draw/place.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "flow/draw/box.h"

namespace trunkline::flow {
namespace {

constexpr double kGap = 24;        // points between two boxes
constexpr double kNearest = 0.6;   // points for one of the console's pixels, at least
constexpr double kFarthest = 2.5;  // and at most: beyond that our own layout is easier to read

// Graphviz needs seconds to lead the arrows of more round the boxes, and the picture is huge.
constexpr std::size_t kMostOnACanvas = 50;
constexpr std::size_t kMostBoxes = 1000;  // comparing each with each costs the square

struct Size {
  double width = 0;
  double height = 0;
};

// What Graphviz will make of the box, about: it measures the letters, this counts them.
Size SizeOf(const DrawnBox& box) {
  constexpr double kLetter = 6.4;
  constexpr double kLine = 14;
  constexpr double kPadding = 8;
  const BoxText text = TextOf(box);
  std::size_t widest = 12;
  double height = 0;
  const auto add = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) widest = std::max(widest, line.size());
    if (!lines.empty()) height += kLine * static_cast<double>(lines.size()) + kPadding;
  };
  add(text.head);
  add(text.body);
  for (const std::vector<std::string>& branch : text.branches) add(branch);
  return {.width = kLetter * static_cast<double>(widest) + 2 * kPadding, .height = height};
}

// How far the places of two boxes must be spread in one direction so that they do not meet there.
double SpreadOf(double from, double from_size, double to, double to_size) {
  const double distance = std::abs(from - to);
  const double size = (from <= to ? from_size : to_size) + kGap;
  return distance > 0 ? size / distance : std::numeric_limits<double>::infinity();
}

struct Spread {
  double x = 0;
  double y = 0;
};

// For every pair what it takes to stand beside each other, or one below the other.
std::vector<Spread> SpreadsOf(const Drawing& drawing, const std::vector<Size>& sizes) {
  std::vector<Spread> spreads;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const DrawnPoint& a = *drawing.boxes[i].position;
      const DrawnPoint& b = *drawing.boxes[j].position;
      spreads.push_back({.x = SpreadOf(a.x, sizes[i].width, b.x, sizes[j].width),
                         .y = SpreadOf(a.y, sizes[i].height, b.y, sizes[j].height)});
    }
  }
  return spreads;
}

// The spread that takes the least room: for some in x, the one in y that what still meets needs.
Spread LeastSpread(const std::vector<Spread>& spreads) {
  constexpr double kStep = 0.1;
  Spread best{.x = kFarthest, .y = std::numeric_limits<double>::infinity()};
  for (double x = kNearest; x <= kFarthest; x += kStep) {
    double y = kNearest;
    for (const Spread& pair : spreads)
      if (pair.x > x) y = std::max(y, pair.y);
    if (x * y < best.x * best.y) best = {.x = x, .y = y};
  }
  return best;
}

}  // namespace

std::optional<std::vector<DrawnPoint>> PlaceBoxes(const Drawing& drawing) {
  if (drawing.boxes.size() > kMostBoxes) return std::nullopt;
  std::vector<Size> sizes;
  for (const DrawnBox& box : drawing.boxes) {
    if (!box.position) return std::nullopt;
    sizes.push_back(SizeOf(box));
  }
  const Spread spread = LeastSpread(SpreadsOf(drawing, sizes));
  if (spread.y > kFarthest) return std::nullopt;
  std::vector<DrawnPoint> middles;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const DrawnPoint& corner = *drawing.boxes[i].position;
    middles.push_back({.x = corner.x * spread.x + sizes[i].width / 2,
                       .y = corner.y * spread.y + sizes[i].height / 2});
  }
  return middles;
}

bool HasConsoleLayout(const Drawing& drawing) {
  return PlaceBoxes(drawing).has_value();
}

DrawLayout BestLayout(const Drawing& drawing) {
  if (drawing.boxes.size() > kMostOnACanvas) return DrawLayout::kFlow;
  return HasConsoleLayout(drawing) ? DrawLayout::kConsole : DrawLayout::kFlow;
}

}  // namespace trunkline::flow
