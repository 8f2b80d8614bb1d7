//! PostScript calculator functions (ISO 32000-1, 7.10.5).

use bytemill_pdf_objects::{Lexer, Token};

use super::function::clip;

/// Operands on the stack (table C.1).
const MAX_STACK: usize = 100;
/// Operators of a program.
const MAX_OPERATORS: usize = 1 << 14;
/// Blocks within blocks.
const MAX_DEPTH: usize = 32;

/// A program: its operators, blocks within each other as jumps.
#[derive(Debug)]
pub(crate) struct Program(Vec<Step>);

#[derive(Clone, Copy, Debug)]
enum Step {
    Push(f64),
    /// Goes on at a step if the operand is false.
    Unless(usize),
    Jump(usize),
    Run(Operator),
}

/// Table 42.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Abs,
    Add,
    And,
    Atan,
    Bitshift,
    Ceiling,
    Copy,
    Cos,
    Cvi,
    Cvr,
    Div,
    Dup,
    Eq,
    Exch,
    Exp,
    Floor,
    Ge,
    Gt,
    Idiv,
    Index,
    Le,
    Ln,
    Log,
    Lt,
    Mod,
    Mul,
    Ne,
    Neg,
    Not,
    Or,
    Pop,
    Roll,
    Round,
    Sin,
    Sqrt,
    Sub,
    Truncate,
    Xor,
}

const OPERATORS: [(&[u8], Operator); 38] = [
    (b"abs", Operator::Abs),
    (b"add", Operator::Add),
    (b"and", Operator::And),
    (b"atan", Operator::Atan),
    (b"bitshift", Operator::Bitshift),
    (b"ceiling", Operator::Ceiling),
    (b"copy", Operator::Copy),
    (b"cos", Operator::Cos),
    (b"cvi", Operator::Cvi),
    (b"cvr", Operator::Cvr),
    (b"div", Operator::Div),
    (b"dup", Operator::Dup),
    (b"eq", Operator::Eq),
    (b"exch", Operator::Exch),
    (b"exp", Operator::Exp),
    (b"floor", Operator::Floor),
    (b"ge", Operator::Ge),
    (b"gt", Operator::Gt),
    (b"idiv", Operator::Idiv),
    (b"index", Operator::Index),
    (b"le", Operator::Le),
    (b"ln", Operator::Ln),
    (b"log", Operator::Log),
    (b"lt", Operator::Lt),
    (b"mod", Operator::Mod),
    (b"mul", Operator::Mul),
    (b"ne", Operator::Ne),
    (b"neg", Operator::Neg),
    (b"not", Operator::Not),
    (b"or", Operator::Or),
    (b"pop", Operator::Pop),
    (b"roll", Operator::Roll),
    (b"round", Operator::Round),
    (b"sin", Operator::Sin),
    (b"sqrt", Operator::Sqrt),
    (b"sub", Operator::Sub),
    (b"truncate", Operator::Truncate),
    (b"xor", Operator::Xor),
];

impl Program {
    /// Reads a program between braces; none where it is broken.
    pub(crate) fn parse(source: &[u8]) -> Option<Self> {
        let mut lexer = Lexer::new(source);
        if lexer.next()? != Token::Keyword(b"{") {
            return None;
        }
        let mut steps = Vec::new();
        // Where the open blocks begin: each with a step before it that is decided at its end.
        let mut open: Vec<usize> = Vec::new();
        // The blocks that have ended and wait for `if` or `ifelse`: their first steps.
        let mut ended: Vec<usize> = Vec::new();
        loop {
            if steps.len() > MAX_OPERATORS {
                return None;
            }
            match lexer.next()? {
                Token::Integer(value) => {
                    steps.push(Step::Push(value as f64));
                }
                Token::Real(value) => steps.push(Step::Push(value)),
                Token::Keyword(b"{") => {
                    if open.len() >= MAX_DEPTH {
                        return None;
                    }
                    steps.push(Step::Jump(0));
                    open.push(steps.len());
                }
                Token::Keyword(b"}") => match open.pop() {
                    Some(start) => ended.push(start),
                    None => return Some(Self(steps)),
                },
                Token::Keyword(b"if") => {
                    let start = ended.pop()?;
                    steps[start - 1] = Step::Unless(steps.len());
                }
                Token::Keyword(b"ifelse") => {
                    let (otherwise, start) = (ended.pop()?, ended.pop()?);
                    steps[start - 1] = Step::Unless(otherwise);
                    steps[otherwise - 1] = Step::Jump(steps.len());
                }
                Token::Keyword(b"true") => steps.push(Step::Push(1.0)),
                Token::Keyword(b"false") => steps.push(Step::Push(0.0)),
                Token::Keyword(name) => {
                    let known = OPERATORS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
                    steps.push(Step::Run(OPERATORS[known].1));
                }
                _ => return None,
            }
        }
    }

    /// Steps of one run at most: jumps only lead forward.
    pub(crate) fn cost(&self) -> u64 {
        self.0.len() as u64
    }

    /// Runs the program: what is on top of the stack in the end are the outputs. After an error they stay as they are.
    pub(crate) fn run(&self, inputs: &[f64], range: &[[f64; 2]], outputs: &mut [f64]) {
        let mut stack = Stack { values: [0.0; MAX_STACK], length: 0 };
        for input in inputs {
            if stack.push(*input).is_none() {
                return;
            }
        }
        let mut at = 0;
        while let Some(step) = self.0.get(at) {
            at += 1;
            let done = match *step {
                Step::Push(value) => stack.push(value),
                Step::Jump(target) => {
                    at = target.max(at);
                    Some(())
                }
                Step::Unless(target) => stack.pop().map(|condition| {
                    if condition == 0.0 {
                        at = target.max(at);
                    }
                }),
                Step::Run(operator) => stack.run(operator),
            };
            if done.is_none() {
                return;
            }
        }
        let count = range.len().min(outputs.len());
        if let Some(start) = stack.length.checked_sub(range.len()) {
            outputs[..count].copy_from_slice(&stack.values[start..start + count]);
            for (output, [low, high]) in outputs.iter_mut().zip(range) {
                *output = clip(*output, *low, *high);
            }
        }
    }
}

/// Numbers; a truth value is 1 or 0.
struct Stack {
    values: [f64; MAX_STACK],
    length: usize,
}

impl Stack {
    fn push(&mut self, value: f64) -> Option<()> {
        *self.values.get_mut(self.length)? = value;
        self.length += 1;
        Some(())
    }

    fn pop(&mut self) -> Option<f64> {
        self.length = self.length.checked_sub(1)?;
        Some(self.values[self.length])
    }

    fn run(&mut self, operator: Operator) -> Option<()> {
        let top = self.pop()?;
        let result = match operator {
            Operator::Pop => return Some(()),
            Operator::Dup => {
                self.push(top)?;
                top
            }
            Operator::Exch => {
                let other = self.pop()?;
                self.push(top)?;
                other
            }
            Operator::Copy => {
                let count = top as usize;
                let start = self.length.checked_sub(count)?;
                if self.length + count > MAX_STACK {
                    return None;
                }
                self.values.copy_within(start..self.length, self.length);
                self.length += count;
                return Some(());
            }
            Operator::Index => {
                self.values[self.length.checked_sub(1)?.checked_sub(top as usize)?]
            }
            Operator::Roll => return self.roll(top),
            Operator::Abs => top.abs(),
            Operator::Ceiling => top.ceil(),
            Operator::Cos => top.to_radians().cos(),
            Operator::Cvi | Operator::Truncate => top.trunc(),
            Operator::Cvr => top,
            Operator::Floor => top.floor(),
            Operator::Ln => top.ln(),
            Operator::Log => top.log10(),
            Operator::Neg => -top,
            // Of integers all bits, of truth values the other one; which it is is not known, and only 0 and 1 are likely.
            Operator::Not => f64::from(u8::from(top == 0.0)),
            Operator::Round => (top + 0.5).floor(),
            Operator::Sin => top.to_radians().sin(),
            Operator::Sqrt => top.max(0.0).sqrt(),
            binary => {
                let other = self.pop()?;
                two(binary, other, top)?
            }
        };
        self.push(if result.is_finite() { result } else { 0.0 })
    }

    fn roll(&mut self, by: f64) -> Option<()> {
        let count = self.pop()? as usize;
        let start = self.length.checked_sub(count)?;
        if count > 0 {
            let by = (by as i64).rem_euclid(count as i64) as usize;
            self.values[start..self.length].rotate_right(by);
        }
        Some(())
    }
}

/// An operator of two operands, the first one deeper in the stack.
fn two(operator: Operator, a: f64, b: f64) -> Option<f64> {
    let truth = |value: bool| f64::from(u8::from(value));
    let (whole_a, whole_b) = (a as i32, b as i32);
    Some(match operator {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mul => a * b,
        Operator::Div => a / b,
        Operator::Idiv => f64::from(whole_a.checked_div(whole_b)?),
        Operator::Mod => f64::from(whole_a.checked_rem(whole_b)?),
        Operator::Atan => {
            let degrees = a.atan2(b).to_degrees();
            if degrees < 0.0 { degrees + 360.0 } else { degrees }
        }
        Operator::Exp => a.powf(b),
        Operator::Eq => truth(a == b),
        Operator::Ne => truth(a != b),
        Operator::Ge => truth(a >= b),
        Operator::Gt => truth(a > b),
        Operator::Le => truth(a <= b),
        Operator::Lt => truth(a < b),
        Operator::And => f64::from(whole_a & whole_b),
        Operator::Or => f64::from(whole_a | whole_b),
        Operator::Xor => f64::from(whole_a ^ whole_b),
        Operator::Bitshift if whole_b >= 0 => {
            f64::from(whole_a.checked_shl(whole_b as u32).unwrap_or(0))
        }
        Operator::Bitshift => f64::from(whole_a.checked_shr(whole_b.unsigned_abs()).unwrap_or(0)),
        // With one operand, and taken care of.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(source: &str, inputs: &[f64], count: usize) -> Option<Vec<f64>> {
        let mut outputs = vec![f64::NAN; count];
        Program::parse(source.as_bytes())?.run(
            inputs,
            &vec![[-1000.0, 1000.0]; count],
            &mut outputs,
        );
        Some(outputs)
    }

    #[test]
    fn operators() {
        let cases: [(&str, &[f64], &[f64]); 16] = [
            ("{ add 2 mul }", &[3.0, 4.0], &[14.0]),
            ("{ 1 exch sub dup }", &[0.25], &[0.75, 0.75]),
            ("{ 3 1 roll }", &[1.0, 2.0, 3.0], &[3.0, 1.0, 2.0]),
            ("{ 3 -1 roll }", &[1.0, 2.0, 3.0], &[2.0, 3.0, 1.0]),
            ("{ 2 copy add }", &[1.0, 2.0], &[1.0, 2.0, 3.0]),
            ("{ 1 index }", &[5.0, 6.0], &[5.0, 6.0, 5.0]),
            ("{ dup 0 gt { 2 mul } { pop 7 } ifelse }", &[4.0], &[8.0]),
            ("{ dup 0 gt { 2 mul } { pop 7 } ifelse }", &[-4.0], &[7.0]),
            ("{ dup 0 lt { neg } if }", &[-4.0], &[4.0]),
            ("{ dup 0 lt { dup -5 lt { 1 } { 2 } ifelse add } if }", &[-6.0], &[-5.0]),
            ("{ 7 2 idiv 7 2 mod }", &[], &[3.0, 1.0]),
            ("{ 1 0 atan }", &[], &[90.0]),
            ("{ 2 10 exp sqrt }", &[], &[32.0]),
            ("{ true false and not }", &[], &[1.0]),
            ("{ 1 3 bitshift 2.5 round 2.5 truncate }", &[], &[8.0, 3.0, 2.0]),
            ("{ 1 0 div }", &[], &[0.0]),
        ];
        for (source, inputs, outputs) in cases {
            let found = run(source, inputs, outputs.len());
            assert_eq!(found.as_deref(), Some(outputs), "{source}");
        }
    }

    #[test]
    fn what_is_broken() {
        for source in
            ["", "{", "add", "{ { }", "{ if }", "{ { 1 } ifelse }", "{ nonsense }", "{ (x) }"]
        {
            assert!(run(source, &[], 1).is_none(), "{source}");
        }
        for source in ["{ pop }", "{ 1 0 idiv }", "{ 5 copy }", "{ 300 index }", "{ -1 1 roll }"] {
            assert!(run(source, &[], 1).is_some_and(|outputs| outputs[0].is_nan()), "{source}");
        }
        let deep = "{".repeat(1000);
        assert!(Program::parse(deep.as_bytes()).is_none());
        let long = format!("{{ {} }}", "1 ".repeat(200));
        assert!(run(&long, &[], 1).is_some_and(|outputs| outputs[0].is_nan()));
    }
}
