//! Makes the files that pages link to and puts them into the binary: the stylesheet, the icon, and the browser half if it has
//! been built (`app/wasm.sh`). Each under a name that changes with its content, and compressed once and for all.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

fn main() {
    // As it is now: a checkout that was moved keeps the script that was built before.
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("CARGO_MANIFEST_DIR")).join("..");
    let views = root.join("app/src");
    let pkg = root.join("target/site/pkg");
    for watched in ["app/src", "style/css", "style/icon.svg", "target/site/pkg/app.js", "target/site/pkg/app_bg.wasm"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }

    let css = style::stylesheet(&views).unwrap_or_else(|error| {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    });
    let icon = fs::read(root.join("style/icon.svg")).expect("style/icon.svg");
    let mut assets = Assets::new();
    let stylesheet = assets.add(&format!("site-{}.css", hash(&[css.as_bytes()])), "text/css; charset=utf-8", css.as_bytes());
    let icon = assets.add(&format!("icon-{}.svg", hash(&[&icon])), "image/svg+xml", &icon);

    // Without the browser half everything works but the live filter; `make build` and `make test` build it first.
    let islands = match (fs::read(pkg.join("app.js")), fs::read(pkg.join("app_bg.wasm"))) {
        (Ok(script), Ok(wasm)) => {
            let name = format!("app-{}", hash(&[&script, &wasm]));
            assets.add(&format!("{name}.js"), "text/javascript; charset=utf-8", &script);
            assets.add(&format!("{name}_bg.wasm"), "application/wasm", &wasm);
            name
        }
        _ => "app-not-built".to_owned(),
    };
    let mut code = assets.code;
    code.push_str("];\n");
    for (name, value) in [("STYLESHEET", stylesheet), ("ICON", icon), ("ISLANDS", islands)] {
        writeln!(code, "const {name}: &str = {value:?};").expect("a string");
    }
    fs::write(Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("assets.rs"), code).expect("OUT_DIR can be written");
}

fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex::encode(&hasher.finalize()[..6])
}

struct Assets {
    folder: PathBuf,
    code: String,
}

impl Assets {
    fn new() -> Self {
        let folder = Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("assets");
        fs::create_dir_all(&folder).expect("OUT_DIR can be written");
        Self { folder, code: "static ASSETS: &[Asset] = &[\n".to_owned() }
    }

    /// Keeps a file in its three encodings and gives the path under which it is served.
    fn add(&mut self, name: &str, media_type: &str, bytes: &[u8]) -> String {
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters).expect("memory can be written");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(bytes).expect("memory can be written");
        let gzip = gzip.finish().expect("memory can be written");
        for (ending, bytes) in [("", bytes), (".br", &brotli), (".gz", &gzip)] {
            fs::write(self.folder.join(format!("{name}{ending}")), bytes).expect("OUT_DIR can be written");
        }
        let include = |ending: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}{ending}\"))");
        writeln!(
            self.code,
            "Asset {{ name: {name:?}, media_type: {media_type:?}, identity: {}, brotli: {}, gzip: {} }},",
            include(""),
            include(".br"),
            include(".gz")
        )
        .expect("a string");
        format!("/pkg/{name}")
    }
}
