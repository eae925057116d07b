fn main() {
    // A change in the content alone has to rebuild what embeds it.
    println!("cargo::rerun-if-changed=../../catalogue/ru");
}
