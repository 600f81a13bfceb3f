# Tips from the public.
