// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/cosigned.h"

namespace vigil::hub {
namespace {

std::string best_path(const std::string& log_folder) {
  return log_folder + "/cosigned";
}
std::string waiting_path(const std::string& log_folder, std::uint64_t size) {
  return log_folder + "/cosigning/" + std::to_string(size);
}

}  // namespace

Result<Cosigned> Cosigned::open(Files& files, const std::string& log_folder) {
  Cosigned cosigned(files, log_folder);
  VIGIL_TRY(files.make_directories(log_folder + "/cosigning"));
  std::vector<std::string> paths;
  VIGIL_ASSIGN(const auto names, files.list(log_folder + "/cosigning"));
  for (const std::string& name : names) paths.push_back(log_folder + "/cosigning/" + name);
  if (files.exists(best_path(log_folder))) paths.push_back(best_path(log_folder));
  for (const std::string& path : paths) {
    VIGIL_ASSIGN(const Bytes content, files.read(path, log::kNoteLimitBytes));
    // What does not parse proves nothing and is not used; signatures are verified at each use.
    const auto checkpoint = log::read_checkpoint_unverified(as_text(content));
    if (checkpoint) cosigned.notes_[checkpoint->size] = std::string(as_text(content));
  }
  return cosigned;
}

Result<std::size_t> Cosigned::add(const log::Checkpoint& checkpoint, std::string_view note,
                                  const WitnessPolicy& policy) {
  std::string merged(note);
  if (const auto known = notes_.find(checkpoint.size); known != notes_.end()) {
    // An older roster's witnesses may stand there; they verify or fall away in the merge.
    if (auto both = log::merge_cosignatures(known->second, note, policy.log, policy.witnesses))
      merged = std::move(*both);
  }
  // Through a merge with itself only known signatures remain.
  VIGIL_ASSIGN(merged, log::merge_cosignatures(merged, merged, policy.log, policy.witnesses));
  VIGIL_ASSIGN(const auto verified,
               log::verify_checkpoint(merged, policy.log, policy.witnesses, 0));
  const std::size_t signers = verified.cosignatures.size();
  if (signers == 0)
    return fail(ErrorKind::kDenied, "hub.witness",
                "None of the witnesses that the roster names has signed this checkpoint.");
  const bool complete = signers >= policy.quorum;
  const std::string path =
      complete ? best_path(log_folder_) : waiting_path(log_folder_, checkpoint.size);
  const bool older = complete && !notes_.empty() && !covering(checkpoint.size, policy).empty();
  if (!older) VIGIL_TRY(files_->write_atomically(path, as_bytes(merged), false));
  notes_[checkpoint.size] = std::move(merged);
  VIGIL_TRY(prune(checkpoint.size, complete));
  return signers;
}

Status Cosigned::prune(std::uint64_t size, bool complete) {
  const auto forget = [&](std::map<std::uint64_t, std::string>::iterator at) -> Status {
    VIGIL_TRY(files_->remove(waiting_path(log_folder_, at->first)));
    notes_.erase(at);
    return {};
  };
  if (complete) {
    while (!notes_.empty() && notes_.begin()->first < size) VIGIL_TRY(forget(notes_.begin()));
    return files_->remove(waiting_path(log_folder_, size));
  }
  while (notes_.size() > kWaitingLimit) VIGIL_TRY(forget(std::next(notes_.begin())));
  return {};
}

std::string Cosigned::covering(std::uint64_t index, const WitnessPolicy& policy) const {
  for (auto note = notes_.rbegin(); note != notes_.rend() && note->first > index; ++note)
    if (log::verify_checkpoint(note->second, policy.log, policy.witnesses, policy.quorum))
      return note->second;
  return {};
}

}  // namespace vigil::hub
