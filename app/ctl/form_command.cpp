// SPDX-License-Identifier: Apache-2.0
//
// vigilctl form check|convert|run|bench: forms for their authors and for scripts.
#include "app/ctl/form_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>

#include "app/ctl/command.h"

namespace vigil::ctl {
namespace {

constexpr std::uint64_t kInstanceLimitBytes = 256ULL << 20;

struct FormOptions {
  std::string form;
  std::string output;
  std::string media;
  std::string now;
  std::string zone;
  std::string restore;
  std::string edit;
  std::string last_saved;
  std::string operations;
};

// Prints problems; true where the form can be used.
bool report(const FormSource& source, bool json, bool warn) {
  if (warn && !json) print_problems(source.warnings, false, "warning");
  if (source.errors.empty()) return true;
  print_problems(source.errors, json, "error");
  return false;
}

Status check_form(const FormOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(FormSource source, read_form(options.form, options.media));
  if (source.form != nullptr) {
    // A calculation that cannot be computed shows only when the form is opened.
    FormHost host;
    const auto session = forms::open_session(source.form, host, {});
    if (session.has_value() && !(*session)->opening_problem().empty())
      source.warnings.push_back(problem_at_row(source, (*session)->opening_problem()));
    if (!session.has_value())
      source.errors.push_back(problem_at_row(source, session.error().message));
  }
  if (!report(source, outcome.json, true)) {
    outcome.answer_no();
    return {};
  }
  if (outcome.json) {
    print_line("[]");
  } else {
    print_line("The form \"" + source.form->title() + "\" (" + source.form->id() +
               ") can be used.");
  }
  return {};
}

Status convert_form(const FormOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const forms::Conversion conversion, forms::convert_xlsform(options.form));
  if (!outcome.json) print_problems(conversion.warnings, false, "warning");
  if (!conversion.accepted) {
    print_problems(conversion.errors, outcome.json, "error");
    outcome.answer_no();
    return {};
  }
  if (options.output.empty() || options.output == "-") {
    std::fwrite(conversion.xform_xml.data(), 1, conversion.xform_xml.size(), stdout);
    return {};
  }
  VIGIL_TRY(files().write_atomically(options.output, as_bytes(conversion.xform_xml), false));
  const std::size_t slash = options.output.rfind('/');
  const std::string folder =
      slash == std::string::npos ? std::string() : options.output.substr(0, slash + 1);
  for (const forms::FormFile& file : conversion.files)
    VIGIL_TRY(files().write_atomically(folder + file.name, file.content, false));
  return {};
}

Result<std::optional<std::string>> read_instance(const std::string& path) {
  if (path.empty()) return std::optional<std::string>();
  VIGIL_ASSIGN(const Bytes bytes, files().read(path, kInstanceLimitBytes));
  return std::optional(std::string(as_text(bytes)));
}

Status run_form(const FormOptions& options, Outcome& outcome) {
  FormHost host;
  VIGIL_TRY(host.configure(options.now, options.zone));
  VIGIL_ASSIGN(const FormSource source, read_form(options.form, options.media));
  if (!report(source, outcome.json, false)) {
    outcome.answer_no();
    return {};
  }
  forms::SessionOptions session_options;
  session_options.wrong_values_clear = true;
  VIGIL_ASSIGN(session_options.restore_xml, read_instance(options.restore));
  VIGIL_ASSIGN(session_options.edit_xml, read_instance(options.edit));
  VIGIL_ASSIGN(session_options.last_saved_xml, read_instance(options.last_saved));
  VIGIL_ASSIGN(const auto session, forms::open_session(source.form, host, session_options));
  run_form_lines(*session, host, std::cin, std::cout);
  return {};
}

Status bench(const FormOptions& options, Outcome&) {
  VIGIL_ASSIGN(const std::string line,
               bench_form(options.form, options.operations, options.output));
  print_line(line);
  return {};
}

}  // namespace

void add_form_command(CLI::App& app, Outcome& outcome) {
  CLI::App* form = app.add_subcommand("form", "Check, convert and try out checklists");
  form->require_subcommand(1);
  const auto options = std::make_shared<FormOptions>();
  const auto command = [&](const char* name, const char* what,
                           Status (*action)(const FormOptions&, Outcome&)) {
    CLI::App* sub = form->add_subcommand(name, what);
    sub->add_option("FORM", options->form,
                    "An XLSForm (.xlsx, .xlsm, .csv, .md, a folder of .csv) or an XForm (.xml)")
        ->required();
    sub->callback([options, action, &outcome] { outcome.finish(action(*options, outcome)); });
    return sub;
  };

  CLI::App* check = command("check", "Say everything that is wrong with a form", check_form);
  check->add_option("--media", options->media, "Folder of the files the form refers to");

  CLI::App* convert = command("convert", "Write the form as XForm XML", convert_form);
  convert->add_option("-o,--output", options->output, "The file to write; - for standard output");

  CLI::App* run = command("run", "Fill the form in by JSON lines on standard input", run_form);
  run->add_option("--media", options->media, "Folder of the files the form refers to");
  run->add_option("--now", options->now, "Let the clock stand at this ISO 8601 time");
  run->add_option("--tz", options->zone, "Time zone, as America/Phoenix or +05:00");
  auto* restore = run->add_option("--restore", options->restore, "Go on with a saved instance");
  run->add_option("--edit", options->edit, "Edit a submitted instance")->excludes(restore);
  run->add_option("--last-saved", options->last_saved,
                  "The instance that jr://instance/last-saved means");

  CLI::App* measure = command("bench", "Replay operations and measure them", bench);
  measure->add_option("OPS", options->operations, "Operations, a JSON object a line")->required();
  measure->add_option("-o,--output", options->output, "Write the final instance here");
}

}  // namespace vigil::ctl
