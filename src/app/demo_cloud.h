// What the demos stand on: an embedded cloud of their own, a folder that goes with them, and
// somebody who says each step with its time.
#pragma once

#include <functional>
#include <string>

#include "app/demo.h"
#include "app/world.h"
#include "base/result.h"

namespace trunkline::app {

// Says each step with the time it took.
class Steps {
 public:
  Steps(const Clock& clock, const std::function<void(const std::string&)>& tell)
      : clock_(clock), tell_(tell), at_(clock.Now()), began_(at_) {}

  template <class... Args>
  void Done(fmt::format_string<Args...> text, Args&&... args) {
    Took(clock_.Now() - at_, fmt::format(text, std::forward<Args>(args)...));
  }
  // A step that knows its own time, as several that end together do.
  void Took(Milliseconds duration, std::string_view text) {
    tell_(fmt::format("{:>7}  {}", ToDurationText(duration), text));
    at_ = clock_.Now();
  }
  Milliseconds all() const { return clock_.Now() - began_; }

 private:
  const Clock& clock_;
  const std::function<void(const std::string&)>& tell_;
  TimePoint at_;
  TimePoint began_;
};

// One demo while it runs.
struct DemoRun {
  AppWorld& world;  // nobody's credentials or configuration
  const DemoArgs& args;
  Steps& steps;
  const std::function<void(const std::string&)>& tell;
  DemoOutcome& outcome;

  void Heading(std::string_view text) const { tell(fmt::format("\n{}", text)); }
  // Asked between steps, so that what was made is taken away again.
  Result<void> MayGoOn() const {
    if (args.stop == nullptr || !*args.stop) return {};
    return Error(ErrorKind::kConflict, "the demo was interrupted");
  }
};

// Starts a cloud, writes the ACME center into a folder, and runs `chapters`. However a demo ends,
// Ctrl-C and kill -9 included, cloud and folder go with it, but with args.keep.
Result<DemoOutcome> RunInDemoCloud(AppWorld& world, const DemoArgs& args,
                                   const std::function<void(const std::string&)>& tell,
                                   Result<void> (*chapters)(DemoRun& run));

}  // namespace trunkline::app
