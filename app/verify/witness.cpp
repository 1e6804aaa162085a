// SPDX-License-Identifier: Apache-2.0
#include "app/verify/witness.h"

#include "core/log/tiles.h"

namespace vigil::verify {
namespace {

Result<log::Checkpoint> read_state(Files& files, const WitnessJob& job) {
  const auto state = files.read(job.state_file, log::kNoteLimitBytes);
  if (!state && state.error().kind == ErrorKind::kNotFound)
    return log::Checkpoint{job.log_key.name, 0, log::empty_root()};
  if (!state) return std::unexpected(state.error());
  VIGIL_ASSIGN(auto verified, log::verify_checkpoint(as_text(*state), job.log_key, {}, 0));
  return std::move(verified.checkpoint);
}

// A damaged tile must not look like a lying log: only entries that the offered checkpoint itself
// was signed for can convict it.
Status explain_failed_proof(log::LogReader& reader, const log::Checkpoint& seen,
                            const log::Checkpoint& offered) {
  log::RunningRoot running;
  log::Hash root_then = log::empty_root();
  const Status visited = reader.visit_entries(offered.size, offered.root,
                                              [&](std::uint64_t, ByteView entry) -> Status {
                                                running.add(log::leaf_hash(entry));
                                                if (running.size() == seen.size)
                                                  root_then = running.root();
                                                return {};
                                              });
  const bool convicted = seen.size == offered.size || (visited && root_then != seen.root);
  if (!convicted)
    return fail(ErrorKind::kInvalid, "witness.tiles",
                "The log's tiles do not prove that it only grew; fetch the log again.");
  return fail(ErrorKind::kInvalid, "witness.fork",
              "The log shows another history than before: keep the state file, the log and this "
              "message, and tell the office and the other witnesses.");
}

Status check_growth(log::LogReader& reader, const log::Checkpoint& seen,
                    const log::Checkpoint& offered) {
  if (offered.size < seen.size)
    return fail(ErrorKind::kConflict, "witness.stale",
                "The log offers an older checkpoint (" + std::to_string(offered.size) +
                    " entries) than the one seen before (" + std::to_string(seen.size) + ").");
  const auto proof = reader.prove_consistency(seen.size, offered.size);
  if (!proof && proof.error().kind != ErrorKind::kInvalid) return std::unexpected(proof.error());
  if (proof && log::verify_consistency(seen.size, offered.size, seen.root, offered.root, *proof))
    return {};
  return explain_failed_proof(reader, seen, offered);
}

}  // namespace

Result<WitnessOutcome> witness(Files& files, const log::SignerKey& key, const WitnessJob& job) {
  if (key.verifier().type != log::KeyType::kWitness)
    return fail(ErrorKind::kUsage, "witness.key",
                "The key file holds a log's key, not a witness's.");
  log::LogReader reader(*job.log_files, job.log_folder);
  VIGIL_ASSIGN(const std::string note, reader.checkpoint());
  VIGIL_ASSIGN(const auto offered, log::verify_checkpoint(note, job.log_key, {}, 0));
  VIGIL_ASSIGN(const log::Checkpoint seen, read_state(files, job));
  VIGIL_TRY(check_growth(reader, seen, offered.checkpoint));
  WitnessOutcome outcome;
  outcome.old_size = seen.size;
  outcome.new_size = offered.checkpoint.size;
  VIGIL_ASSIGN(outcome.cosigned_note, log::cosign_checkpoint(note, key, job.time_s));
  VIGIL_TRY(files.write_atomically(job.state_file, as_bytes(outcome.cosigned_note), false));
  return outcome;
}

}  // namespace vigil::verify
