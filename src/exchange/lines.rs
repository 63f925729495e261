//! Lines with their numbers from 1; a line feed ends them, with or without a carriage return before it, and where there is
//! none in the whole content, a carriage return does.

use std::io::BufRead;

use super::error::Error;

/// The lines of a content.
pub(super) fn numbered(content: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = if content.contains('\n') { '\n' } else { '\r' };
    (1..).zip(content.split(end).map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// The lines of an input, one after the other.
pub(super) fn lines(input: &mut dyn BufRead) -> impl Iterator<Item = Result<(usize, String), Error>> {
    let mut number = 0;
    let mut ended = false;
    // What was read up to a line feed; without any in the whole input, that is all of it.
    let mut pending = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if pending.len() == 0 && !ended {
            let mut line = String::new();
            if let Err(problem) = input.read_line(&mut line) {
                ended = true;
                return Some(Err(Error::stopped(&problem)));
            }
            ended = !line.ends_with('\n');
            let line = line.strip_suffix('\n').map(str::to_owned).unwrap_or(line);
            let parts = if ended && number == 0 { line.split('\r').map(str::to_owned).collect() } else { vec![line] };
            pending = parts.into_iter();
        }
        let mut line: String = pending.next()?;
        if line.ends_with('\r') {
            line.pop();
        }
        number += 1;
        Some(Ok((number, line)))
    })
}

/// The whole of an input, for forms that are told by all of it.
pub(super) fn whole(input: &mut dyn BufRead) -> Result<String, Error> {
    let mut content = String::new();
    input.read_to_string(&mut content).map_err(|problem| Error::stopped(&problem))?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_input_has_the_lines_of_its_content(content in "[a\r\n]{0,12}") {
            let read: Vec<(usize, String)> = lines(&mut content.as_bytes()).map(Result::unwrap).collect();
            let wanted: Vec<(usize, String)> = numbered(&content).map(|(at, line)| (at, line.to_owned())).collect();
            prop_assert_eq!(read, wanted);
        }
    }
}
