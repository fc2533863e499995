// amzconnect-admin-objects/<kind>/: one folder for each kind of object, one JSON file for each
// object. Members are named as in the Connect API, except that other objects are named, not given
// by id.
#include <algorithm>

#include "base/text.h"
#include "center/file_kinds.h"
#include "center/readers.h"

namespace trunkline::center {
namespace {

constexpr Field kName{.name = "Name",
                      .summary = "The object's name, by which flows and files refer to it.",
                      .required = true,
                      .range = &kNameRange};
constexpr Field kDescription{
    .name = "Description", .summary = "What the object is for.", .range = &kDescriptionRange};
constexpr Field kTags{.name = "Tags",
                      .summary = "Tags of the resource.",
                      .kind = Kind::kMap,
                      .range = &kTagsRange,
                      .element = &kTagValue};

// -- hours ----------------------------------------------------------------------------------------

constexpr std::string_view kDays[] = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                      "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr Range kHourRange{0, 23};
constexpr Range kMinuteRange{0, 59};
constexpr Range kSlicesRange{0, 100};
constexpr Pattern kZonePattern{"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*",
                               "an IANA time zone such as 'America/New_York'"};

constexpr Field kTimeMembers[] = {
    {.name = "Hours",
     .summary = "The hour of the day.",
     .kind = Kind::kInteger,
     .required = true,
     .range = &kHourRange},
    {.name = "Minutes",
     .summary = "The minute of the hour.",
     .kind = Kind::kInteger,
     .required = true,
     .range = &kMinuteRange},
};
constexpr Field kSliceMembers[] = {
    {.name = "Day", .summary = "The day of the week.", .required = true, .one_of = kDays},
    {.name = "StartTime",
     .summary = "When it opens.",
     .kind = Kind::kObject,
     .required = true,
     .members = kTimeMembers},
    {.name = "EndTime",
     .summary = "When it closes; 0:00 is the end of the day.",
     .kind = Kind::kObject,
     .required = true,
     .members = kTimeMembers},
};
constexpr Field kSlice{.kind = Kind::kObject, .members = kSliceMembers};
constexpr Field kHoursMembers[] = {
    kName,
    kDescription,
    {.name = "TimeZone",
     .summary = "The time zone in which the hours are meant.",
     .required = true,
     .pattern = &kZonePattern},
    {.name = "Config",
     .summary = "When it is open; a day may have several entries.",
     .kind = Kind::kList,
     .required = true,
     .range = &kSlicesRange,
     .element = &kSlice},
    kTags,
};

void ReadHours(Reading& reading, const std::string& path) {
  const std::optional<Source> source = Source::Open(reading, path, kHoursShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  Hours hours{.name = source->Get(root, "Name"),
              .description = std::string(root.GetString("Description")),
              .time_zone = source->Get(root, "TimeZone"),
              .config = {},
              .tags = ReadTags(root)};
  for (const json::Value& entry : root.GetArray("Config")) {
    if (!entry.IsObject()) continue;
    const json::Object& slice = entry.AsObject();
    const json::Object& start = slice.GetObject("StartTime");
    const json::Object& end = slice.GetObject("EndTime");
    hours.config.push_back({.day = std::string(slice.GetString("Day")),
                            .start_hours = static_cast<int>(start.GetInt("Hours")),
                            .start_minutes = static_cast<int>(start.GetInt("Minutes")),
                            .end_hours = static_cast<int>(end.GetInt("Hours")),
                            .end_minutes = static_cast<int>(end.GetInt("Minutes"))});
  }
  reading.center.hours.push_back(std::move(hours));
}

// -- queues ---------------------------------------------------------------------------------------

constexpr Range kMaxContactsRange{0, 1000000};
constexpr Field kQueueMembers[] = {
    kName,
    kDescription,
    {.name = "HoursOfOperation",
     .summary =
         "The name of the queue's hours; 'Basic Hours', which every instance has, unless given.",
     .range = &kNameRange},
    {.name = "MaxContacts",
     .summary = "How many contacts the queue holds before it counts as full.",
     .kind = Kind::kInteger,
     .range = &kMaxContactsRange},
    kTags,
};

void ReadQueue(Reading& reading, const std::string& path) {
  const std::optional<Source> source = Source::Open(reading, path, kQueueShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  Queue queue{.name = source->Get(root, "Name"),
              .description = std::string(root.GetString("Description")),
              .hours = source->Get(root, "HoursOfOperation", kBasicHours),
              .max_contacts = {},
              .tags = ReadTags(root)};
  if (root.Has("MaxContacts")) queue.max_contacts = static_cast<int>(root.GetInt("MaxContacts"));
  reading.center.queues.push_back(std::move(queue));
}

// -- prompts --------------------------------------------------------------------------------------

constexpr Pattern kWavPattern{R"([^/\\]+\.[wW][aA][vV])", "a WAV file beside this one"};
constexpr Field kPromptMembers[] = {
    kName,
    kDescription,
    {.name = "File",
     .summary = "The audio's file name; the same name as this file's with .wav unless given.",
     .pattern = &kWavPattern},
    kTags,
};
constexpr std::size_t kLargestPrompt = 50U << 20U;  // as the service takes it

void CheckAudio(Source& source, const Prompt& prompt, const Place& place) {
  const std::string_view bytes = prompt.audio;
  if (bytes.substr(0, 4) != "RIFF" || bytes.size() < 12 || bytes.substr(8, 4) != "WAVE") {
    source.Say(Severity::kError, "TL-C012", place,
               fmt::format("expected '{}' to be WAV audio", prompt.file),
               "a WAV file begins with RIFF....WAVE");
  } else if (bytes.size() > kLargestPrompt) {
    source.Say(Severity::kError, "TL-C007", place,
               fmt::format("expected '{}' to be at most 50 MB", prompt.file));
  }
}

void ReadPrompt(Reading& reading, const std::string& path) {
  std::optional<Source> source = Source::Open(reading, path, kPromptShape);
  if (!source || !source->root().IsObject()) return;
  const json::Object& root = source->root().AsObject();
  const std::string stem = path.substr(0, path.size() - std::string_view(".json").size());
  const Text file = source->Get(root, "File");
  Prompt prompt{.name = source->Get(root, "Name"),
                .description = std::string(root.GetString("Description")),
                .file = file->empty() ? stem + ".wav" : JoinPath(FolderName(path), *file),
                .audio = {},
                .tags = ReadTags(root)};
  const Place place = file->empty() ? source->PlaceOf(source->root()) : file.place;
  Result<std::string> audio = reading.files.Read(prompt.file);
  if (audio.ok()) {
    prompt.audio = std::move(*audio);
    CheckAudio(*source, prompt, place);
  } else {
    source->Say(Severity::kError, "TL-C001", place, audio.error().message());
  }
  reading.center.prompts.push_back(std::move(prompt));
}

// -- modules --------------------------------------------------------------------------------------

void ReadModule(Reading& reading, const std::string& path) {
  if (std::optional<Flow> module = ReadFlowFile(reading, path, true)) {
    reading.center.modules.push_back(std::move(*module));
  }
}

// -- folders --------------------------------------------------------------------------------------

struct Folder {
  std::string_view name;
  void (*read)(Reading&, const std::string& path) = nullptr;  // nullptr: not delivered yet
};

constexpr Folder kFolders[] = {
    {"agent-statuses"},
    {"flow-modules", ReadModule},
    {"hours", ReadHours},
    {"phone-numbers"},
    {"prompts", ReadPrompt},
    {"queues", ReadQueue},
    {"quick-connects"},
    {"routing-profiles"},
    {"security-profiles"},
    {"users"},
    {"views"},
};
constexpr std::string_view kProject = "amzconnect-admin-objects";

bool IsKind(std::string_view name) {
  return std::ranges::find(kFolders, name, &Folder::name) != std::end(kFolders);
}

void SayUnknownFolder(Reading& reading, const std::string& name) {
  std::vector<std::string> names;
  for (const Folder& folder : kFolders) names.emplace_back(folder.name);
  const std::string near = DidYouMean(name, names);
  reading.Say(Severity::kError, "TL-C010", reading.Path(fmt::format("{}/{}", kProject, name)),
              "this folder is no kind of object",
              !near.empty() ? near : "known are: " + Join(names, ", "));
}

void ReadFolder(Reading& reading, const std::string& name) {
  const auto* folder = std::ranges::find(kFolders, std::string_view(name), &Folder::name);
  const std::string below = fmt::format("{}/{}", kProject, name);
  const std::vector<std::string> files = FilesIn(reading, below, ".json");
  if (folder == std::end(kFolders)) {
    if (!files.empty()) SayUnknownFolder(reading, name);
    return;
  }
  for (const std::string& file : files) {
    if (folder->read != nullptr) {
      folder->read(reading, file);
    } else {
      reading.Say(Severity::kWarning, "TL-C011", file,
                  fmt::format("not delivered: Trunkline does not deliver {} yet", name));
    }
  }
}

}  // namespace

constinit const Field kHoursShape{.kind = Kind::kObject, .members = kHoursMembers};
constinit const Field kQueueShape{.kind = Kind::kObject, .members = kQueueMembers};
constinit const Field kPromptShape{.kind = Kind::kObject, .members = kPromptMembers};

void ReadAdminObjects(Reading& reading) {
  for (const FileEntry& entry : reading.List(kProject)) {
    if (entry.is_folder && entry.name != "env") ReadFolder(reading, entry.name);
    if (!entry.is_folder && IsKind(entry.name)) {
      const std::string path = reading.Path(fmt::format("{}/{}", kProject, entry.name));
      reading.Say(Severity::kError, "TL-C001", path, "expected a folder but it is a file");
      reading.NoteUnread(path + "/");
    }
    if (!entry.is_folder && entry.name.ends_with(".json") && entry.name != "devops.json") {
      reading.Say(Severity::kWarning, "TL-C010",
                  reading.Path(fmt::format("{}/{}", kProject, entry.name)),
                  "this file is not read: objects stand in the folder of their kind",
                  "such as hours/, queues/, prompts/ or flow-modules/");
    }
  }
}

}  // namespace trunkline::center
