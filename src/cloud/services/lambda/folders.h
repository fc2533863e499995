// Folders below the data folder that are made once, under a name that says what is in them: code,
// layers, runtimes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace trunkline::cloud::lambda {

// Filled under another name first: a process that is killed leaves no half, and of two that make it
// at once the slower finds it there.
Result<void> MakeOnce(const std::string& folder, const std::string& unique,
                      const std::function<Result<void>(const std::string& temporary)>& fill);

// The zips one over the other, as long as the folder is not there.
Result<void> UnpackOnce(const std::vector<std::string>& zip_paths, const std::string& folder,
                        const std::string& unique);

// A folder whose bin/ has the interpreter under its own names, as AWS has it at /var/lang; scripts
// of layers name it in their first line.
Result<void> MakeLanguageFolder(const std::string& folder, const std::string& unique,
                                const std::string& interpreter, const std::string& runtime);

}  // namespace trunkline::cloud::lambda
