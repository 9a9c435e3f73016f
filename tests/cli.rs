//! The binary, run on the cases of `tests/cmd`: its arguments, exit code, standard output and standard error.

#[test]
fn commands_do_what_the_cases_say() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .case("tests/cmd/*.toml");
}
