#include "cloud/objects.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "cloud/store_folder.h"

namespace trunkline::cloud {
namespace {

constexpr Kind kObject{"cloud", "object"};
constexpr std::string_view kStaged = "new";

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int get() const { return number_; }
  bool ok() const { return number_ >= 0; }

 private:
  int number_;
};

Error CannotWrite(const std::string& path, int error_number) {
  return Error(ErrorKind::kUnreached, "cannot write '{}': {}", path, ReasonText(error_number));
}

Error CannotRead(const std::string& path, int error_number) {
  const ErrorKind kind = error_number == ENOENT ? ErrorKind::kNotFound : ErrorKind::kUnreached;
  return Error(kind, "cannot read '{}': {}", path, ReasonText(error_number));
}

Result<void> WriteAll(const Descriptor& file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0) return CannotWrite(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// By hand where the file system does not copy within the kernel.
Result<void> CopyThroughBuffer(const Descriptor& from, const std::string& from_path,
                               const Descriptor& to, const std::string& to_path) {
  std::string buffer(256U << 10U, '\0');
  for (;;) {
    const ssize_t length = read(from.get(), buffer.data(), buffer.size());
    if (length < 0) return CannotRead(from_path, errno);
    if (length == 0) return {};
    TL_DO(WriteAll(to, to_path,
                   std::string_view(buffer).substr(0, static_cast<std::size_t>(length))));
  }
}

Result<void> Append(const std::string& from_path, const Descriptor& to,
                    const std::string& to_path) {
  const Descriptor from(open(from_path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.ok()) return CannotRead(from_path, errno);
  constexpr std::size_t kChunk = 1U << 30U;
  for (;;) {
    const ssize_t copied = copy_file_range(from.get(), nullptr, to.get(), nullptr, kChunk, 0);
    if (copied == 0) return {};
    if (copied > 0) continue;
    if (errno == ENOSPC || errno == EIO) return CannotWrite(to_path, errno);
    return CopyThroughBuffer(from, from_path, to, to_path);
  }
}

}  // namespace

struct Objects::State {
  Store& store;
  std::string folder;

  std::string StagedPath(const std::string& id) const {
    return folder + "/" + std::string(kStaged) + "/" + id;
  }
  std::string ShardOf(const std::string& id) const { return folder + "/" + id.substr(0, 2); }
  std::string KeptPath(const std::string& id) const { return ShardOf(id) + "/" + id; }
  // Where it can be read now.
  std::string PresentPath(const std::string& id) const {
    std::string kept = KeptPath(id);
    if (::access(kept.c_str(), F_OK) == 0) return kept;
    std::string staged = StagedPath(id);
    return ::access(staged.c_str(), F_OK) == 0 ? staged : kept;
  }
  Result<void> RemoveOrphans();
  template <class Fill>
  Result<std::string> Make(const Fill& fill);
};

// Writes a new file under a fresh id; a file that could not be written whole is removed.
template <class Fill>
Result<std::string> Objects::State::Make(const Fill& fill) {
  // Its own source of randomness: worker threads come here, and the cloud's belongs to the loop
  // thread.
  SystemRandom random;
  std::string id = NewUuid(random);
  const std::string path = StagedPath(id);
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.ok()) return CannotWrite(path, errno);
  if (Result<void> filled = fill(file, path); !filled) {
    unlink(path.c_str());
    return std::move(filled).error();
  }
  return id;
}

Result<void> Objects::State::RemoveOrphans() {
  std::error_code error;
  std::filesystem::remove_all(folder + "/" + std::string(kStaged), error);
  std::filesystem::create_directories(folder + "/" + std::string(kStaged), error);
  if (error) return CannotWrite(folder, error.value());
  for (const auto& shard : std::filesystem::directory_iterator(folder, error)) {
    if (!shard.is_directory(error) || shard.path().filename() == kStaged) continue;
    for (const auto& file : std::filesystem::directory_iterator(shard.path(), error)) {
      if (store.Find({}, kObject, file.path().filename().string())) continue;
      std::error_code ignored;  // what cannot be removed now is tried again at the next start
      std::filesystem::remove(file.path(), ignored);
    }
  }
  if (error) return CannotRead(folder, error.value());
  return {};
}

Objects::Objects(std::unique_ptr<State> state) : state_(std::move(state)) {}
Objects::~Objects() = default;

Result<std::unique_ptr<Objects>> Objects::Open(Store& store, std::string folder) {
  auto state = std::make_unique<State>(State{.store = store, .folder = std::move(folder)});
  TL_DO(state->RemoveOrphans());
  return std::unique_ptr<Objects>(new Objects(std::move(state)));
}

Result<std::string> Objects::Stage(std::string_view bytes) {
  return state_->Make(
      [&](const Descriptor& file, const std::string& path) { return WriteAll(file, path, bytes); });
}

Result<std::string> Objects::StageJoined(const std::vector<std::string>& ids) {
  return state_->Make([&](const Descriptor& file, const std::string& path) -> Result<void> {
    for (const std::string& id : ids) TL_DO(Append(Path(id), file, path));
    return {};
  });
}

void Objects::Discard(const std::string& id) {
  unlink(state_->StagedPath(id).c_str());
}

Result<void> Objects::Keep(const std::string& id) {
  const std::string path = state_->KeptPath(id);
  mkdir(state_->ShardOf(id).c_str(), 0700);  // there already, or the rename says why not
  if (rename(state_->StagedPath(id).c_str(), path.c_str()) != 0) return CannotWrite(path, errno);
  state_->store.AtEnd([path](bool committed) {
    if (!committed) unlink(path.c_str());
  });
  state_->store.Put({}, kObject, {.id = id, .parent = {}, .name = {}, .body = {}});
  return {};
}

void Objects::Drop(const std::string& id) {
  if (!state_->store.Delete({}, kObject, id)) return;
  state_->store.AtEnd([path = state_->KeptPath(id)](bool committed) {
    if (committed) unlink(path.c_str());
  });
}

Result<std::string> Objects::Put(std::string_view bytes) {
  TL_TRY(std::string id, Stage(bytes));
  TL_DO(Keep(id));
  return id;
}

Result<std::string> Objects::Read(const std::string& id) const {
  TL_TRY(const std::uint64_t size, Size(id));
  return ReadRange(id, 0, size);
}

Result<std::string> Objects::ReadRange(const std::string& id, std::uint64_t offset,
                                       std::uint64_t length) const {
  const std::string path = state_->PresentPath(id);
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) return CannotRead(path, errno);
  std::string bytes(length, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = pread(file.get(), bytes.data() + have, bytes.size() - have,
                              static_cast<off_t>(offset + have));
    if (got < 0) return CannotRead(path, errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

Result<std::uint64_t> Objects::Size(const std::string& id) const {
  struct stat status {};
  const std::string path = state_->PresentPath(id);
  if (stat(path.c_str(), &status) != 0) return CannotRead(path, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

net::FileBody Objects::AsBody(const std::string& id, std::uint64_t offset,
                              std::uint64_t length) const {
  return {.path = Path(id), .offset = offset, .length = length};
}

std::string Objects::Path(const std::string& id) const {
  return state_->KeptPath(id);
}

Result<void> Objects::Reset() {
  return state_->RemoveOrphans();
}

}  // namespace trunkline::cloud
