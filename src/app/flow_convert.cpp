#include "app/flow_convert.h"

#include <algorithm>

#include "app/flow_documents.h"
#include "app/flow_files.h"

namespace trunkline::app {
namespace {

class FlowsConverter {
 public:
  FlowsConverter(Files& files, const ConvertFlowsArgs& args) : files_(files), args_(args) {}

  Result<ConvertFlowsReport> Run() {
    TL_TRY(FlowDocuments flows, ReadFlowDocuments(files_, args_.paths, LegacyExports::kKeep));
    report_.files = flows.files;
    report_.findings = std::move(flows.findings);
    if (args_.output.empty() && !args_.in_place && flows.files > 1) {
      return Error(ErrorKind::kInvalid,
                   "expected one flow to print but got {}; write them: -o FOLDER, or --write to "
                   "convert in place",
                   flows.files);
    }
    into_folder_ = flows.files > 1 || args_.output.ends_with('/') || files_.IsFolder(args_.output);
    for (const flow::Document& document : flows.documents) ConvertOne(document);
    return std::move(report_);
  }

 private:
  void ConvertOne(const flow::Document& document) {
    flow::Converted converted = flow::Convert(document, args_.options);
    for (Finding& one : converted.findings) report_.findings.push_back(std::move(one));
    if (!converted.text) return;
    ConvertedFlow flow{.file = document.file, .written = {}, .text = std::move(*converted.text)};
    const std::string target = TargetOf(document.file);
    if (!target.empty()) {
      const Result<void> written = WriteTo(target, flow.text);
      if (!written) return Refuse(document.file, written.error());
      flow.written = target;
    }
    report_.flows.push_back(std::move(flow));
  }

  // Below the output's folder a file keeps its path below the folder it was found in.
  std::string TargetOf(const std::string& file) const {
    if (args_.in_place) return file;
    if (args_.output.empty() || !into_folder_) return args_.output;
    for (const std::string& path : args_.paths) {
      if (file == path || !file.starts_with(path)) continue;
      const std::size_t below = file.find_first_not_of('/', path.size());
      return JoinPath(args_.output, file.substr(below));
    }
    return JoinPath(args_.output, FileName(file));
  }

  Result<void> WriteTo(const std::string& target, const std::string& text) {
    if (args_.in_place) return files_.Rewrite(target, text);
    if (files_.Exists(target)) {
      return Error(ErrorKind::kConflict,
                   "'{}' is there already and stays as it is; remove it or choose another output",
                   target);
    }
    return files_.Write(target, text);
  }

  void Refuse(const std::string& file, const Error& error) {
    report_.findings.push_back(UnusableFile(file, error));
  }

  Files& files_;
  const ConvertFlowsArgs& args_;
  bool into_folder_ = false;
  ConvertFlowsReport report_;
};

}  // namespace

Result<ConvertFlowsReport> ConvertFlows(Files& files, const ConvertFlowsArgs& args) {
  return FlowsConverter(files, args).Run();
}

}  // namespace trunkline::app
