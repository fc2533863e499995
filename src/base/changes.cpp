#include "base/changes.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

namespace trunkline {

namespace fs = std::filesystem;

DiskChanges::DiskChanges(std::vector<std::string> folders, std::vector<std::string> skip,
                         std::chrono::milliseconds pause, const bool* stop)
    : folders_(std::move(folders)),
      skip_(std::move(skip)),
      pause_(pause),
      stop_(stop),
      last_(SeeNow()) {}

// A file that goes while it is looked at is left out: the next look tells.
DiskChanges::Seen DiskChanges::SeeNow() const {
  Seen seen;
  for (const std::string& folder : folders_) {
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      std::error_code gone;
      if (at->is_directory(gone)) {
        if (std::ranges::count(skip_, at->path().filename().string()) != 0)
          at.disable_recursion_pending();
        continue;
      }
      const auto time = at->last_write_time(gone).time_since_epoch();
      const std::uintmax_t size = gone ? 0 : at->file_size(gone);
      if (gone) continue;
      seen[at->path().string()] = {
          .time = std::chrono::duration_cast<std::chrono::nanoseconds>(time).count(), .size = size};
    }
  }
  return seen;
}

bool DiskChanges::Look() {
  Seen now = SeeNow();
  const bool changed = now != last_;
  last_ = std::move(now);
  return changed;
}

bool DiskChanges::Wait() {
  bool changed = false;
  while (!*stop_) {
    const bool again = Look();
    if (changed && !again) return true;
    changed = changed || again;
    std::this_thread::sleep_for(pause_);
  }
  return false;
}

}  // namespace trunkline
