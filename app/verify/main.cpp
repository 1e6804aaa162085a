// SPDX-License-Identifier: Apache-2.0
//
// vigil-verify: the auditor's verifier. Reads bundles, a roster and a log; judges; opens nothing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "app/verify/command.h"
#include "app/verify/fetch_log.h"
#include "app/verify/judge.h"
#include "app/verify/report.h"
#include "app/verify/report_parts.h"
#include "app/verify/witness.h"
#include "core/base/json.h"
#include "core/trust/event.h"
#include "platform/posix_files.h"
#include "platform/process.h"
#include "platform/system_clock.h"

namespace {
constexpr std::uint64_t kKeyFileLimitBytes = 4096;
}

namespace vigil::verify {

std::optional<int> read_options(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 speaks in exceptions; none leaves this function. Help is no failure.
    return app.exit(error) == 0 ? 0 : kUsageStatus;
  }
  return std::nullopt;
}

int complain(const Error& error, bool json) {
  if (json) {
    const Json text = Json::Object{
        {"error", Json::Object{{"code", error.code}, {"message", printable(error.message)}}}};
    std::fprintf(stderr, "%s\n", emit_json(text).c_str());
  } else {
    std::fprintf(stderr, "vigil-verify: %s\n", one_line(error.message).c_str());
  }
  return exit_status(error.kind);
}

Result<crypto::minisign::PublicKey> read_root(Files& files, const std::string& text) {
  if (!files.exists(text)) return crypto::minisign::parse_public_key(text);
  VIGIL_ASSIGN(const Bytes content, files.read(text, kKeyFileLimitBytes));
  return crypto::minisign::parse_public_key_file(content);
}

std::string iso_time(WallTime time) {
  const std::time_t seconds = time.ms / 1000;
  std::tm parts{};
  char text[32] = "";
  if (gmtime_r(&seconds, &parts) != nullptr)
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace vigil::verify

namespace {

using namespace vigil;
using verify::complain;
using verify::iso_time;
using verify::kUsageStatus;
using verify::read_root;

constexpr std::uint64_t kSignatureLimitBytes = 16 * 1024;

struct Options {
  std::vector<std::string> bundles;
  std::string roster;
  std::string root;
  std::string log;
  std::vector<std::string> checkpoints;
  std::string html;
  bool json = false;
};

struct WitnessOptions {
  std::string state;
  std::string key;
  std::string log;
  std::string log_key;
  std::string output;
  std::string new_key;
  bool send = false;
};

// A bar on a terminal for work that takes longer than a blink; silent elsewhere.
class ProgressBar {
 public:
  explicit ProgressBar(const Clock& clock) : clock_(clock), started_ms_(clock.monotonic_ms()) {}
  ~ProgressBar() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
  }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::string_view what, std::uint64_t done, std::uint64_t of) {
    const std::int64_t now_ms = clock_.monotonic_ms();
    if (!terminal_ || of == 0 || now_ms - started_ms_ < kDelay_ms || now_ms - last_ms_ < kPause_ms)
      return;
    last_ms_ = now_ms;
    drawn_ = true;
    const auto filled = static_cast<int>(kWidth * done / of);
    std::fprintf(stderr, "\r\033[K%.*s [%.*s%.*s] %llu of %llu", static_cast<int>(what.size()),
                 what.data(), filled, "########################################",
                 static_cast<int>(kWidth) - filled, "                                        ",
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(of));
  }

 private:
  static constexpr std::int64_t kDelay_ms = 500;
  static constexpr std::int64_t kPause_ms = 100;
  static constexpr std::uint64_t kWidth = 40;
  const Clock& clock_;
  const bool terminal_ = isatty(STDERR_FILENO) == 1;
  std::int64_t started_ms_;
  std::int64_t last_ms_ = 0;
  bool drawn_ = false;
};

// Everything in a folder: what is no regular file must be named as unread, not passed over.
Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure))
    names.push_back(entry->path().filename().string());
  if (failure)
    return fail(ErrorKind::kStorage, "verify.folder",
                "Could not list " + folder + ": " + failure.message() + ".");
  std::ranges::sort(names);
  return names;
}

// Files as they are, folders as the *.vigil and *.event files in them.
Status sort_files(const std::vector<std::string>& given, verify::Question& question) {
  std::vector<std::string>& paths = question.bundle_files;
  for (const std::string& path : given) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
      return fail(ErrorKind::kNotFound, "verify.absent", "There is no " + path + ".");
    if (!std::filesystem::is_directory(path, ignored)) {
      (path.ends_with(trust::kEventEnding) ? question.event_files : paths).push_back(path);
      continue;
    }
    VIGIL_ASSIGN(const auto names, names_in(path));
    for (const std::string& name : names) {
      if (name.ends_with(".vigil")) paths.push_back(path + "/" + name);
      if (name.ends_with(trust::kEventEnding)) question.event_files.push_back(path + "/" + name);
    }
  }
  if (paths.empty())
    return fail(ErrorKind::kNotFound, "verify.no_bundles",
                "There is no bundle (*.vigil) in what was given.");
  return {};
}

Result<verify::Question> read_question(Files& files, Files* web, const Options& options) {
  verify::Question question;
  VIGIL_ASSIGN(question.root, read_root(files, options.root));
  VIGIL_ASSIGN(const Bytes roster, files.read(options.roster, trust::kRosterLimitBytes));
  VIGIL_ASSIGN(const Bytes signature,
               files.read(options.roster + ".minisig", kSignatureLimitBytes));
  question.signed_roster = {std::string(as_text(roster)), std::string(as_text(signature))};
  VIGIL_TRY(sort_files(options.bundles, question));
  for (const std::string& path : options.checkpoints) {
    VIGIL_ASSIGN(const Bytes note, files.read(path, log::kNoteLimitBytes));
    question.checkpoints.push_back({path, std::string(as_text(note))});
  }
  if (!options.log.empty()) {
    question.log_folder = options.log;
    while (question.log_folder.ends_with('/')) question.log_folder.pop_back();
    question.log_files = verify::is_url(options.log) ? web : &files;
  }
  return question;
}

int run_verify(const Options& options) {
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  const auto web = verify::is_url(options.log) ? verify::web_files() : nullptr;
  const auto question = read_question(*files, web.get(), options);
  if (!question) return complain(question.error(), options.json);

  std::optional<ProgressBar> bar(*clock);
  const auto report = verify::judge(
      *files, *question, [&bar](std::string_view what, std::uint64_t done, std::uint64_t of) {
        bar->show(what, done, of);
      });
  bar.reset();
  if (!report) return complain(report.error(), options.json);
  if (!options.html.empty()) {
    const std::string page = verify::report_html(*report, iso_time(clock->now()));
    const Status written = files->write_atomically(options.html, as_bytes(page), false);
    if (!written) return complain(written.error(), options.json);
  }
  const std::string text =
      options.json ? verify::report_json(*report) : verify::report_text(*report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) return 3;
  return verify::exit_status(*report);
}

Status write_new_witness_key(Files& files, const WitnessOptions& options) {
  const bool good_name =
      log::parse_verifier_key(log::to_string({options.new_key, log::KeyType::kWitness, {}}))
          .has_value();
  if (!good_name)
    return fail(ErrorKind::kUsage, "witness.name",
                "A witness's name has no spaces and no '+'; try your institution's web address.");
  if (files.exists(options.key))
    return fail(ErrorKind::kConflict, "witness.key_exists",
                "There is a file " + options.key + " already; a key is never overwritten.");
  const auto key = log::SignerKey::generate(options.new_key, log::KeyType::kWitness);
  VIGIL_TRY(files.write_atomically(options.key, key.to_text().view(), true));
  std::printf("%s\n", log::to_string(key.verifier()).c_str());
  return {};
}

Result<log::SignerKey> read_witness_key(Files& files, const std::string& path) {
  VIGIL_ASSIGN(Bytes content, files.read(path, kKeyFileLimitBytes));
  const auto text = crypto::SecretBytes::copy_of(content);
  crypto::wipe(content);
  return log::SignerKey::parse(text);
}

Status cosign(Files& files, const WitnessOptions& options) {
  VIGIL_ASSIGN(const log::SignerKey key, read_witness_key(files, options.key));
  const auto web = verify::is_url(options.log) ? verify::web_files() : nullptr;
  const auto clock = platform::system_clock();
  verify::WitnessJob job;
  job.state_file = options.state;
  job.log_files = web ? web.get() : &files;
  job.log_folder = options.log;
  while (job.log_folder.ends_with('/')) job.log_folder.pop_back();
  VIGIL_ASSIGN(job.log_key, log::parse_verifier_key(options.log_key));
  job.time_s = static_cast<std::uint64_t>(std::max<std::int64_t>(0, clock->now().ms / 1000));
  // Two runs at once could each cosign another face of one log.
  const std::string folder = std::filesystem::absolute(options.state).parent_path().string();
  VIGIL_ASSIGN(const auto lock, platform::DirectoryLock::take(folder));
  VIGIL_ASSIGN(const auto outcome, verify::witness(files, key, job));
  if (options.send) VIGIL_TRY(verify::send_cosigned(job.log_folder, outcome.cosigned_note));
  if (options.output == "-" || (options.output.empty() && !options.send)) {
    std::fwrite(outcome.cosigned_note.data(), 1, outcome.cosigned_note.size(), stdout);
  } else if (!options.output.empty()) {
    VIGIL_TRY(files.write_atomically(options.output, as_bytes(outcome.cosigned_note), false));
  }
  std::fprintf(stderr, "%s: seen before %llu entries, now %llu, cosigned\n",
               job.log_key.name.c_str(), static_cast<unsigned long long>(outcome.old_size),
               static_cast<unsigned long long>(outcome.new_size));
  return {};
}

int run_witness(int argc, char** argv) {
  CLI::App app{
      "Keeps the last checkpoint of a log that it saw, and cosigns only consistent growth.\n"
      "First make a key: vigil-verify witness --new-key NAME --key FILE, and give the office the "
      "line it prints.",
      "vigil-verify witness"};
  WitnessOptions options;
  app.add_option("--key", options.key, "The witness's secret key file")->required();
  auto* new_key = app.add_option("--new-key", options.new_key, "Make a key with this name, only");
  app.add_option("--state", options.state, "Where the last checkpoint seen is kept")
      ->excludes(new_key);
  app.add_option("--log", options.log, "The log: a folder or a URL")->excludes(new_key);
  app.add_option("--log-key", options.log_key, "The log's public key (name+hash+key)")
      ->excludes(new_key);
  app.add_option("-o,--output", options.output, "Where the cosigned checkpoint goes (or stdout)");
  app.add_flag("--send", options.send, "Also hand it to the hub; --log must be a URL");
  if (const auto ended = verify::read_options(app, argc, argv)) return *ended;
  if (options.send && !verify::is_url(options.log))
    return complain({ErrorKind::kUsage, "witness.usage",
                     "--send needs the log's URL; from a stick, hand the file to the hub."},
                    false);
  if (options.new_key.empty() &&
      (options.state.empty() || options.log.empty() || options.log_key.empty()))
    return complain(
        {ErrorKind::kUsage, "witness.usage", "--state, --log and --log-key are needed."}, false);
  const auto files = platform::posix_files();
  const Status done =
      options.new_key.empty() ? cosign(*files, options) : write_new_witness_key(*files, options);
  return done ? 0 : complain(done.error(), false);
}

}  // namespace

int main(int argc, char** argv) {
  crypto::initialise();
  if (const Status hardened = platform::harden_process(); !hardened)
    return complain(hardened.error(), false);
  if (argc > 1 && std::string_view(argv[1]) == "witness") return run_witness(argc - 1, argv + 1);
  if (argc > 1 && std::string_view(argv[1]) == "evidence")
    return verify::run_evidence(argc - 1, argv + 1);

  CLI::App app{
      "vigil-verify judges bundles without opening them: who signed, in which order, what is "
      "missing.\nFor every claim it says \"holds\", \"does not hold\" or \"could not be checked\" "
      "and why.\nExit status: 0 nothing does not hold, 1 something does not, 2 wrong usage, 3 "
      "something could not be read.\nSee also: vigil-verify evidence --help, vigil-verify witness "
      "--help.",
      "vigil-verify"};
  app.set_version_flag("--version", "vigil-verify " VIGIL_VERSION);
  Options options;
  app.add_option("BUNDLE", options.bundles,
                 "Bundles and events, or folders with *.vigil and *.event files")
      ->required();
  app.add_option("--roster", options.roster, "roster.json; its signature lies beside it (.minisig)")
      ->required();
  app.add_option("--root", options.root, "The office's root key: a .pub file or its base64")
      ->required();
  app.add_option("--log", options.log, "The log: a folder, or a URL such as http://hub/log");
  app.add_option("--checkpoint", options.checkpoints,
                 "A checkpoint of the log that you hold from before (may be repeated)")
      ->allow_extra_args(false);
  app.add_option("--html", options.html, "Also write the report as one page to this file");
  app.add_flag("--json", options.json, "Answer in JSON");
  if (const auto ended = verify::read_options(app, argc, argv)) return *ended;
  return run_verify(options);
}
