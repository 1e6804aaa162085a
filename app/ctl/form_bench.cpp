// SPDX-License-Identifier: Apache-2.0
//
// `vigilctl form bench`: how long each kind of operation takes on a form.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include <unistd.h>

#include "app/ctl/command.h"
#include "app/ctl/form_command.h"

namespace vigil::ctl {
namespace {

using Line = nlohmann::ordered_json;
using Timer = std::chrono::steady_clock;

constexpr std::uint64_t kOperationsLimitBytes = 256ULL << 20;

double since_ms(Timer::time_point start) {
  return std::chrono::duration<double, std::milli>(Timer::now() - start).count();
}

double resident_mb() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  long pages = 0;
  long resident = 0;
  const int read = std::fscanf(file, "%ld %ld", &pages, &resident);
  std::fclose(file);
  if (read != 2) return 0;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

double rounded(double ms) {
  return std::round(ms * 10000.0) / 10000.0;
}

struct Phase {
  std::vector<double> times_ms;
  std::size_t refused = 0;
};

Line phase_line(Phase& phase) {
  std::vector<double>& times = phase.times_ms;
  std::sort(times.begin(), times.end());
  const auto quantile = [&](double share) {
    if (times.empty()) return 0.0;
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(times.size())));
    return rounded(times[std::clamp<std::size_t>(rank, 1, times.size()) - 1]);
  };
  double total = 0;
  for (const double time : times) total += time;
  return {{"n", times.size()},        {"median_ms", quantile(0.5)}, {"p95_ms", quantile(0.95)},
          {"p99_ms", quantile(0.99)}, {"max_ms", quantile(1.0)},    {"total_ms", rounded(total)},
          {"refused", phase.refused}};
}

}  // namespace

Result<std::string> bench_form(const std::string& form_path, const std::string& operations_path,
                               const std::string& final_path) {
  VIGIL_ASSIGN(const Bytes operations, files().read(operations_path, kOperationsLimitBytes));
  const double before_mb = resident_mb();
  const Timer::time_point start = Timer::now();
  VIGIL_ASSIGN(FormSource source, read_form(form_path, ""));
  if (source.form == nullptr)
    return fail(ErrorKind::kInvalid, "form.invalid",
                "The form has mistakes: run `vigilctl form check` on it.");
  FormHost host;
  forms::SessionOptions options;
  options.wrong_values_clear = true;
  options.answer_irrelevant = true;
  VIGIL_ASSIGN(const auto session, forms::open_session(source.form, host, options));
  const double load_ms = since_ms(start);

  std::vector<std::string> order;
  std::map<std::string, Phase> phases;
  std::istringstream lines{std::string(as_text(operations))};
  std::string text;
  while (std::getline(lines, text)) {
    const Line line = Line::parse(text, nullptr, false);
    if (!line.is_object()) continue;
    const std::string name = line.value("phase", "all");
    const std::string what = line.value("op", "set");
    const std::string ref = line.value("ref", "");
    const std::string value = line.value("value", "");
    if (!phases.contains(name)) order.push_back(name);
    Phase& phase = phases[name];
    const Timer::time_point begun = Timer::now();
    const Result<forms::Change> change = what == "add_repeat"      ? session->add_repeat(ref)
                                         : what == "remove_repeat" ? session->remove_repeat(ref)
                                                                   : session->set(ref, value);
    const double took = since_ms(begun);
    if (change.has_value()) {
      phase.times_ms.push_back(took);
    } else {
      ++phase.refused;  // not counted in the times, as a refusal costs nothing
    }
  }
  if (!final_path.empty())
    VIGIL_TRY(files().write_atomically(
        final_path, as_bytes(session->submission_xml(forms::SubmissionPart::kWhole)), false));

  Line answer = {{"load_ms", rounded(load_ms)},
                 {"rss_mb", rounded(resident_mb())},
                 {"rss_before_mb", rounded(before_mb)}};
  answer["set"] = Line::object();
  for (const std::string& name : order) answer["set"][name] = phase_line(phases[name]);
  return answer.dump();
}

}  // namespace vigil::ctl
